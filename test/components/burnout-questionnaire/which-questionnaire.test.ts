import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isIsolated,
  type Which,
  type WhichOptions,
  whichQuestionnaire,
} from '../../../components/burnout-questionnaire/which-questionnaire.ts';
import type { Me, MyAssessment } from '../../../src/submission/participation.ts';
import { declined, known, questionnaireStudy, signed, undecided } from '../../support/questionnaire-study.ts';

const study = await questionnaireStudy();

type State = MyAssessment['state'];
/** Where somebody stands with the example's assessments, in its order. */
type States = Partial<Record<'baseline' | 'week-12' | 'month-6' | 'pulse' | 'removed', State>>;

const OPENS: Readonly<Record<string, string>> = { 'not-yet': '2026-06-01' };

const standing = (states: States, consent: Me['consent'] = signed): Me =>
  known({
    consent,
    assessments: Object.entries(states).map(([id, state]) => {
      const opens = OPENS[state];
      return { id, state, ...(opens !== undefined && { opens }) };
    }),
  });

const signedIn = (me: Me | undefined, more: Partial<WhichOptions> = {}): Partial<WhichOptions> => ({
  ...{ isSignedIn: true, me },
  ...more,
});

const decide = (options: Partial<WhichOptions>): Which =>
  whichQuestionnaire(study, {
    ...{ assessment: '', instrument: '', isSignedIn: false, me: undefined, begun: undefined },
    ...options,
  });

/** As `asks baseline (open)`, `done baseline, next week-12`, `members`. */
function said({ asked, instead, mine, next }: Which): string {
  if (asked?.kind === 'instrument') return `asks ${asked.entry.id} alone`;
  if (asked !== undefined) return `asks ${asked.assessment.id}${asked.mine ? ` (${asked.mine.state})` : ''}`;
  return [[instead, mine?.id].filter(Boolean).join(' '), ...(next ? [`next ${next.id}`] : [])].join(', ');
}

type Row = readonly [who: string, options: Partial<WhichOptions>, expected: string];

const DUE: readonly Row[] = [
  ['nobody is signed in', {}, 'members'],
  ['nobody is signed in, and something was begun here', { begun: 'baseline' }, 'members'],
  ['the endpoint cannot be asked', signedIn(undefined), 'unreachable'],
  ['it cannot be asked, and one was begun here', signedIn(undefined, { begun: 'baseline' }), 'asks baseline'],
  ['it cannot be asked, and what was begun is gone', signedIn(undefined, { begun: 'removed' }), 'unreachable'],
  ['one is open', signedIn(standing({ baseline: 'open', 'week-12': 'unknown' })), 'asks baseline (open)'],
  [
    'two are open: the first of the study',
    signedIn(standing({ baseline: 'open', 'week-12': 'open' })),
    'asks baseline (open)',
  ],
  ['the first was missed', signedIn(standing({ baseline: 'missed', 'week-12': 'open' })), 'asks week-12 (open)'],
  [
    'another was begun than is open now',
    signedIn(standing({ 'week-12': 'open' }), { begun: 'baseline' }),
    'asks week-12 (open)',
  ],
  ['this page does not know what is open', signedIn(standing({ removed: 'open' })), 'nothing-due'],
  ['it knows another that is open', signedIn(standing({ removed: 'open', 'week-12': 'open' })), 'asks week-12 (open)'],
  ['they have not decided', signedIn(standing({ baseline: 'unknown' }, undecided)), 'consent-first'],
  ['they have declined', signedIn(standing({}, declined)), 'nothing-due'],
  ['the study asks no consent', signedIn(known({ assessments: [] })), 'nothing-due'],
  ['the endpoint names no assessments', signedIn(known({ consent: signed })), 'nothing-due'],
  ['nothing is open yet', signedIn(standing({ baseline: 'not-yet' })), 'nothing-due, next baseline'],
  ['the first is done', signedIn(standing({ baseline: 'done', 'week-12': 'not-yet' })), 'done baseline, next week-12'],
  ['the last one that is over is done', signedIn(standing({ baseline: 'missed', 'week-12': 'done' })), 'done week-12'],
  [
    'the last one that is over was missed',
    signedIn(standing({ baseline: 'done', 'week-12': 'missed' })),
    'missed week-12',
  ],
  ['no day is known of what comes', signedIn(standing({ baseline: 'done', 'week-12': 'unknown' })), 'done baseline'],
];

const baseline = { assessment: 'baseline' };
const pulse = { assessment: 'pulse' };
const NAMED: readonly Row[] = [
  ['nobody is signed in', baseline, 'members'],
  ['the endpoint cannot be asked', signedIn(undefined, baseline), 'unreachable'],
  [
    'it cannot be asked, and it was begun here',
    signedIn(undefined, { ...baseline, begun: 'baseline' }),
    'asks baseline',
  ],
  ['it cannot be asked, and another was begun', signedIn(undefined, { ...baseline, begun: 'week-12' }), 'unreachable'],
  ['it is open', signedIn(standing({ baseline: 'open' }), baseline), 'asks baseline (open)'],
  [
    'it is open, and so is one before it',
    signedIn(standing({ baseline: 'open', 'week-12': 'open' }), { assessment: 'week-12' }),
    'asks week-12 (open)',
  ],
  ['it is not open yet', signedIn(standing({ baseline: 'not-yet' }), baseline), 'not-yet baseline, next baseline'],
  [
    'it is done',
    signedIn(standing({ baseline: 'done', 'week-12': 'not-yet' }), baseline),
    'done baseline, next week-12',
  ],
  ['it was missed', signedIn(standing({ baseline: 'missed' }), baseline), 'missed baseline'],
  ['its day is not known', signedIn(standing({ baseline: 'unknown' }), baseline), 'nothing-due'],
  ['they have not decided', signedIn(standing({ baseline: 'unknown' }, undecided), baseline), 'consent-first'],
  ['it is not among theirs', signedIn(standing({ 'week-12': 'not-yet' }), baseline), 'nothing-due, next week-12'],
  ['it is for anybody, and nobody is signed in', pulse, 'asks pulse'],
  ['it is for anybody, and the endpoint cannot be asked', signedIn(undefined, pulse), 'asks pulse'],
  ['it is for anybody, and they have done it', signedIn(standing({ pulse: 'done' }), pulse), 'done pulse'],
];

const ALONE: readonly Row[] = [
  ['nobody is signed in', { instrument: 'phq9' }, 'members'],
  ['an assessment for anybody names it', { instrument: 'brs' }, 'asks brs alone'],
  ['somebody is signed in', signedIn(undefined, { instrument: 'phq9' }), 'asks phq9 alone'],
  ['several assessments name it', signedIn(standing({}), { instrument: 'phq8' }), 'asks phq8 alone'],
  [
    'the page names an assessment too',
    signedIn(standing({ baseline: 'open' }), { ...baseline, instrument: 'gad7' }),
    'asks gad7 alone',
  ],
];

describe('which questionnaire is asked', () => {
  for (const [title, rows] of [
    ['where the page leaves it open', DUE],
    ['where the page names an assessment', NAMED],
    ['where the page names an instrument', ALONE],
  ] as const) {
    describe(title, () => {
      for (const [who, options, expected] of rows) {
        it(`${who}: ${expected}`, () => assert.equal(said(decide(options)), expected));
      }
    });
  }

  it('keeps what the study says of an instrument that is asked on its own', () => {
    const { asked } = decide(signedIn(undefined, { instrument: 'calm' }));
    assert.deepEqual(asked, { kind: 'instrument', entry: { id: 'calm', items: 'site' } });
  });

  it('names what the study has where the page asks for something else', async () => {
    assert.throws(() => decide({ assessment: 'week-13' }), {
      code: 'unknown-assessment',
      message: 'assessment="week-13" is not in the study. It has baseline, week-12, month-6, pulse.',
    });
    assert.throws(() => decide({ instrument: 'phq' }), {
      code: 'unknown-instrument',
      message:
        'instrument="phq" is in no assessment of the study. It has phq9, single_item_burnout, calm, phq8, gad7, brs.',
    });
    const { assessments: _, ...bare } = study;
    const nothing = { instrument: '', isSignedIn: false, me: undefined, begun: undefined };
    assert.throws(() => whichQuestionnaire(bare, { ...nothing, assessment: 'baseline' }), /It has none\./);
  });

  it('is asked on the endpoint’s own origin alone where the assessment says so', async () => {
    const apart = await questionnaireStudy({ 'assessments[0].isolation': 'required' });
    const isApart = (of: typeof study, options: Partial<WhichOptions>) => {
      const { asked } = whichQuestionnaire(of, {
        ...{ assessment: '', instrument: '', isSignedIn: true, me: standing({ baseline: 'open' }), begun: undefined },
        ...options,
      });
      return asked && isIsolated(asked);
    };
    assert.deepEqual([isApart(apart, {}), isApart(study, {})], [true, false]);
  });
});
