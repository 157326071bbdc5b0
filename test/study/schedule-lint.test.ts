import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseStudy } from '../../src/study/parse-study.ts';
import { describeProblem, StudyError } from '../../src/study/study-error.ts';
import { formOf } from '../../src/study/study-forms.ts';
import { exampleWithSchedule } from '../support/schedule-study.ts';
import { type Changes, REMOVED } from '../support/studies.ts';

/** What a study team reads of each mistake in assessments and arms. */

const FILE = 'calm.study.json';
const FIRST = 'assessments[0]';
const SECOND = 'assessments[1]';
const THIRD = 'assessments[2]';
const TALKS = 'arms[0].series[0]';
const MEETING = 'arms[0].series[1]';
const EXTRA = 'arms[0].series[2]';
const DURATION = 'Write whole days, weeks, months or years: "P3D", "P2W", "P6M", "P1Y"; "P0D" for none.';
const AGAIN = 'which stands in this list already. Give each its own, or remove one.';

function said(changes: Changes): readonly string[] {
  try {
    parseStudy(JSON.stringify(exampleWithSchedule(changes)), FILE);
    return [];
  } catch (error) {
    assert.ok(error instanceof StudyError);
    return error.problems.map((problem) => describeProblem(problem).replace(`${FILE}: `, ''));
  }
}

const both = (en: string, es: string) => ({ en, es });

const mistakes: readonly (readonly [name: string, changes: Changes, ...lines: string[]])[] = [
  [
    'a time zone that does not exist',
    { timeZone: 'America/NewYork' },
    'timeZone: is "America/NewYork". Name a time zone as the IANA does: "America/New_York", "Europe/Madrid", "UTC".',
  ],
  [
    'an offset for a time zone',
    { timeZone: '-05:00' },
    'timeZone: is "-05:00". Name a time zone as the IANA does: "America/New_York", "Europe/Madrid", "UTC".',
  ],

  // Assessments
  ['no assessment', { assessments: [] }, 'assessments: is an empty list. List at least 1.'],
  [
    'an assessment twice',
    { [`${SECOND}.id`]: 'baseline' },
    `${SECOND}.id: is "baseline", ${AGAIN}`,
    `${THIRD}.anchor: is "week-12", which leads to no day that is ever known. Use "consent", "allocation", "site-start" or "baseline".`,
  ],
  [
    'an unknown anchor',
    { [`${SECOND}.anchor`]: 'randomisation' },
    `${SECOND}.anchor: is "randomisation", which leads to no day that is ever known. Use "consent", "allocation", "site-start", "baseline" or "month-6".`,
  ],
  [
    'a misspelt anchor',
    { [`${SECOND}.anchor`]: 'alocation' },
    `${SECOND}.anchor: is "alocation", which leads to no day that is ever known. Did you mean "allocation"? It can be "consent", "allocation", "site-start", "baseline" or "month-6".`,
  ],
  [
    'an anchor that is the assessment itself',
    { [`${SECOND}.anchor`]: 'week-12' },
    `${SECOND}.anchor: is "week-12" itself. Use "consent", "allocation", "site-start", "baseline" or "month-6".`,
  ],
  [
    'a circle of anchors',
    { [`${SECOND}.anchor`]: 'month-6' },
    `${SECOND}.anchor: goes round in a circle: week-12, month-6, week-12. Let one of them start from "consent", "allocation" or "site-start".`,
    `${THIRD}.anchor: goes round in a circle: month-6, week-12, month-6. Let one of them start from "consent", "allocation" or "site-start".`,
  ],
  [
    'an id that is an anchor',
    { [`${THIRD}.id`]: 'allocation' },
    `${THIRD}.id: is "allocation", which is the name of an anchor. Choose another id.`,
  ],
  [
    'an allocation that there never is',
    { allocation: REMOVED },
    `${SECOND}.anchor: is "allocation", but the study has no "allocation": nobody is ever allocated. Add "allocation", or start from "consent".`,
    'arms[0].anchor: is "allocation", but the study has no "allocation": nobody is ever allocated. Add "allocation", or start from "consent".',
  ],
  [
    'a site’s start where no sites are allocated',
    { [`${FIRST}.anchor`]: 'site-start' },
    `${FIRST}.anchor: is "site-start", but the study does not allocate sites: no start of one is ever recorded. Add an "allocation" with "unit": "site", or start from "consent".`,
  ],
  [
    'a recorded day that is done or due',
    { [`${FIRST}.from`]: 'done' },
    `${FIRST}.from: is "done", but "consent" is a day of its own. Remove it: only an assessment has a day that it is due and one that it is done.`,
  ],
  ['a bad duration', { [`${SECOND}.offset`]: '12 weeks' }, `${SECOND}.offset: is "12 weeks". ${DURATION}`],
  ['a duration in hours', { [`${SECOND}.window.after`]: 'PT12H' }, `${SECOND}.window.after: is "PT12H". ${DURATION}`],
  ['a duration of nothing', { [`${SECOND}.offset`]: 'P' }, `${SECOND}.offset: is "P". ${DURATION}`],
  ['no window', { [`${SECOND}.window`]: REMOVED }, `${SECOND}.window: is missing. Add "window": an object.`],
  [
    'a window that opens before what it counts from',
    { [`${FIRST}.window.before`]: 'P1W' },
    `${FIRST}.window.before: is P1W, so that it would open before the day it is counted from. Let it be at most the offset, P0D.`,
  ],
  [
    'windows in which nobody could tell which of two is answered',
    { [`${SECOND}.anchor`]: 'consent', [`${SECOND}.offset`]: 'P2W' },
    `${SECOND}.window: overlaps that of "baseline", and both ask "phq8". Narrow one of the two, or move it by its offset.`,
  ],
  [
    'an assessment that asks nothing',
    { [`${THIRD}.instruments`]: REMOVED },
    `${THIRD}: asks nothing. Add "instruments", "forms" or both.`,
  ],
  ['an instrument twice', { [`${FIRST}.instruments[1]`]: 'phq8' }, `${FIRST}.instruments[1]: is "phq8", ${AGAIN}`],
  [
    'an instrument that is a number',
    { [`${FIRST}.instruments[0]`]: 8 },
    `${FIRST}.instruments[0]: is a number. Write an id, as "phq8", or { "id": "ces", "items": "site" }.`,
  ],
  [
    'an instrument by its name',
    { [`${FIRST}.instruments[0]`]: 'PHQ-8' },
    `${FIRST}.instruments[0]: is "PHQ-8". Name an instrument by its id: "phq8". docs/instruments.md lists them.`,
  ],
  [
    'a form with the name of an instrument',
    { [`${FIRST}.forms.phq8`]: { elements: [{ type: 'comment', name: 'a', title: both('A', 'A') }] } },
    `${FIRST}.forms.phq8: has the name of an instrument that is asked with it. Choose another name: answers are kept by it.`,
  ],
  [
    'a form that is nowhere',
    { [`${THIRD}.forms`]: { works: { sameAs: 'baseline' } } },
    `${THIRD}.forms.works.sameAs: is "baseline", which is no earlier assessment with a form "works". Write the form here.`,
  ],
  [
    'a form of the wrong assessment',
    { [`${THIRD}.forms`]: { work: { sameAs: 'basline' } } },
    `${THIRD}.forms.work.sameAs: is "basline", which is no earlier assessment with a form "work". Did you mean "baseline"? It can be "baseline" or "week-12".`,
  ],
  [
    'a form that is not good',
    { [`${FIRST}.forms.work.elements[0].min`]: 'a few' },
    `${FIRST}.forms.work.elements[0].min: is "a few", which does not bound a "number". Numbers bound a "number", dates as "2026-01-31" a "date"; other inputs take "maxLength" or validators.`,
  ],
  [
    'a form with a misspelt property',
    { [`${FIRST}.forms.work.elements[0].titel`]: 'x' },
    `${FIRST}.forms.work.elements[0].titel: is not a property the kit knows here. Did you mean "title"?`,
  ],
  [
    'a form in one of two languages',
    { [`${FIRST}.forms.work.elements[0].title`]: 'Sick days' },
    `${FIRST}.forms.work.elements[0].title: lacks "es", which the study claims. Write { "en": "Sick days", "es": "…" }.`,
  ],
  [
    'markup where Markdown is read',
    { [`${FIRST}.instruments[1].introduction.en`]: '<b>Now</b>' },
    `${FIRST}.instruments[1].introduction: contains "<b>": markup is never rendered, so people would read it as it stands. Write Markdown: paragraphs, # headings, - lists, *emphasis* and [links](https://…).`,
  ],
  [
    'feedback where nothing is scored',
    { [`${FIRST}.instruments`]: REMOVED },
    `${FIRST}.feedback: is about instruments, and there are none. Remove it: forms have no scores.`,
    `${FIRST}.safety: is about instruments, and there are none. Remove it: forms have no scores.`,
  ],
  [
    'a response time of nobody',
    { 'contacts[1]': REMOVED },
    `${FIRST}.safety: says how soon somebody answers, and the study has nobody who would. Add a contact with the role "safety" and a phone or an e-mail.`,
  ],
  [
    'a response time in minutes',
    { [`${FIRST}.safety.respondsWithin`]: 'PT30M' },
    `${FIRST}.safety.respondsWithin: is "PT30M". Write hours or days: "PT4H", "P1D".`,
  ],
  ['minutes that are not whole', { [`${FIRST}.minutes`]: 7.5 }, `${FIRST}.minutes: is 7.5. Write whole minutes.`],

  // Arms
  ['no arm', { arms: [] }, 'arms: is an empty list. List at least 1.'],
  ['an arm twice', { 'arms[1].id': 'groups', 'allocation.ratio': { groups: 2 } }, `arms[1].id: is "groups", ${AGAIN}`],
  [
    'an arm without a title',
    { 'arms[1].title': REMOVED },
    'arms[1].title: is missing. Write a text, or one per language: { "en": "…", "es": "…" }.',
  ],
  ['an arm without series', { 'arms[1].series': REMOVED }, 'arms[1].series: is missing. Add "series": a list.'],
  [
    'an arm in one of two languages',
    { 'arms[1].title': 'As usual' },
    'arms[1].title: lacks "es", which the study claims. Write { "en": "As usual", "es": "…" }.',
  ],
  [
    'a start for an arm that has no sessions',
    { 'arms[1].anchor': 'allocation' },
    'arms[1].anchor: says from when the sessions count, but there are none. Remove it, or add to "series".',
  ],
  [
    'an arm that starts with its site, where none are allocated',
    { 'arms[0].anchor': 'site-start' },
    'arms[0].anchor: is "site-start", but the study does not allocate sites: no start of one is ever recorded. Add an "allocation" with "unit": "site", or start from "consent".',
  ],
  ['a series twice in an arm', { [`${MEETING}.id`]: 'talks' }, `${MEETING}.id: is "talks", ${AGAIN}`],
  [
    'neither a number of sessions nor a spacing',
    { [`${EXTRA}.count`]: REMOVED },
    `${EXTRA}: says neither how many sessions there are nor how often. Add "count", "every" or both: "count": 6, "every": "P2W".`,
  ],
  [
    'no time between sessions',
    { [`${MEETING}.every`]: 'P0D' },
    `${MEETING}.every: is no time at all. Write a day or more: "P1W".`,
  ],
  ['no sessions', { [`${EXTRA}.count`]: 0 }, `${EXTRA}.count: is 0. Give at least 1.`],
  ['half a session', { [`${EXTRA}.count`]: 1.5 }, `${EXTRA}.count: is 1.5. Write a whole number.`],
  [
    'windows that overlap',
    { [`${TALKS}.window.after`]: 'P14D' },
    `${TALKS}.window: is longer than "every" (P2W) may be: a day would belong to two sessions. Narrow the window, or let the sessions be further apart.`,
  ],
  [
    'windows that overlap in February alone',
    { [`${MEETING}.every`]: 'P1M', [`${MEETING}.window`]: { before: 'P0D', after: 'P28D' } },
    `${MEETING}.window: is longer than "every" (P1M) may be: a day would belong to two sessions. Narrow the window, or let the sessions be further apart.`,
  ],
  [
    'a window around no day',
    { [`${EXTRA}.window`]: { before: 'P0D', after: 'P1D' } },
    `${EXTRA}.window: is a window around days that "every" would say. Add "every", or remove the window: the sessions may then be held on any day until "until".`,
  ],
  [
    'an end before the last session',
    { [`${TALKS}.until`]: 'P10W' },
    `${TALKS}.until: is P10W, before its last session could be held. Let it be later (it counts from the arm’s start), or leave it out where "count" and "every" say all.`,
  ],
  [
    'an end before the first session',
    { [`${MEETING}.offset`]: 'P4W', [`${MEETING}.until`]: 'P4W' },
    `${MEETING}.until: is P4W, before its first session could be held. Let it be later (it counts from the arm’s start), or leave it out where "count" and "every" say all.`,
  ],
  [
    'meetings without number',
    { [`${MEETING}.every`]: 'P1D', [`${MEETING}.until`]: 'P20Y' },
    `${MEETING}.until: is P20Y, in which there would be more than 3660 sessions. Let it be earlier, or the sessions further apart.`,
  ],
  [
    'a format that is none',
    { [`${EXTRA}.format`]: 'online' },
    `${EXTRA}.format: is "online". Use "group", "group-virtual", "group-on-site", "individual", "individual-virtual" or "individual-on-site".`,
  ],
  [
    'an offer that is none',
    { [`${TALKS}.missed[0].offer`]: 'recordng' },
    `${TALKS}.missed[0].offer: is "recordng". Did you mean "recording"? It can be "recording", "new-time" or "reschedule".`,
  ],
  [
    'a rule that is neither an offer nor a review',
    { [`${TALKS}.missed[0]`]: { outstanding: 1 } },
    `${TALKS}.missed[0]: has none of "offer" or "review". Add the one that is meant.`,
  ],
  [
    'an automatic withdrawal',
    { [`${TALKS}.missed[1]`]: { outstanding: 3, withdraw: true } },
    `${TALKS}.missed[1].withdraw: is not a property the kit knows here. Use "offer" or "review".`,
  ],
  [
    'more misses than sessions',
    { [`${TALKS}.missed[1].outstanding`]: 7 },
    `${TALKS}.missed[1].outstanding: is 7, more than the 6 sessions that can be missed. Lower it, or remove the rule.`,
  ],
  [
    'an offer twice',
    { [`${TALKS}.missed[2]`]: { outstanding: 1, offer: 'recording' } },
    `${TALKS}.missed[2]: is "recording at 1 outstanding", ${AGAIN}`,
  ],
  [
    'misses of an optional series',
    { [`${EXTRA}.missed`]: [{ outstanding: 1, offer: 'new-time' }] },
    `${EXTRA}.missed: says what follows from misses, but this series is optional: nothing in it is ever missed. Remove it, or remove "optional".`,
  ],
  [
    'rules for an optional series',
    { [`${EXTRA}.attendance`]: { excused: 'miss' } },
    `${EXTRA}.attendance: has rules for a series that is optional. Remove it, or remove "optional".`,
  ],
  [
    'a gate where sessions do not build on each other',
    { [`${TALKS}.sequential`]: REMOVED, [`${TALKS}.attendance.unseen`]: 'gate' },
    `${TALKS}.attendance.unseen: is a rule of sequential sessions, and these are not. Add "sequential": true, or remove it.`,
  ],
  [
    'a gate that nothing opens',
    { [`${TALKS}.missed[0]`]: REMOVED, [`${TALKS}.attendance`]: { unseen: 'gate' } },
    `${TALKS}.attendance.unseen: is "gate", but nothing is offered that would open it again. Offer a recording or a new time in "missed", or let it be "warn".`,
  ],
  [
    'a rule for recordings that nobody is offered',
    { [`${TALKS}.missed[0].offer`]: 'new-time' },
    `${TALKS}.attendance.recordingSeen: is a rule of recordings, and none is offered. Add { "outstanding": 1, "offer": "recording" } to "missed", or remove it.`,
  ],
  [
    'homework after a session that there is not',
    { [`${TALKS}.homework.after[1]`]: 7 },
    `${TALKS}.homework.after[1]: is 7, but there are 6 sessions. Name sessions from 1 to 6.`,
  ],
  ['homework twice', { [`${TALKS}.homework.after[1]`]: 1 }, `${TALKS}.homework.after[1]: is 1, ${AGAIN}`],
  [
    'markup in what is offered',
    { [`${TALKS}.missed[0].text.en`]: 'See <a>it</a>.' },
    `${TALKS}.missed[0].text: contains "<a>": markup is never rendered, so people would read it as it stands. Write Markdown: paragraphs, # headings, - lists, *emphasis* and [links](https://…).`,
  ],
];

describe('assessments and arms', () => {
  it('the example is good', () => {
    assert.deepEqual(said({}), []);
  });

  for (const [name, changes, ...lines] of mistakes) {
    it(`${name}: names place and fix`, () => {
      assert.deepEqual(said(changes), lines);
    });
  }

  const good: readonly (readonly [name: string, changes: Changes])[] = [
    ['the same questions in windows that lie apart', { [`${SECOND}.anchor`]: 'consent' }],
    [
      'other questions on the same days',
      {
        [`${SECOND}.anchor`]: 'consent',
        [`${SECOND}.offset`]: 'P1W',
        [`${SECOND}.instruments`]: ['brs'],
        [`${SECOND}.forms`]: REMOVED,
      },
    ],
    [
      'a window before the start of a site, which is long known',
      {
        allocation: {
          ...{ unit: 'site', after: 'baseline', ratio: { groups: 1, usual: 1 } },
          phases: [{ sites: 2, duration: 'P18M' }],
        },
        ...{ [`${SECOND}.anchor`]: 'site-start', 'arms[0].anchor': 'site-start' },
        ...{ [`${THIRD}.anchor`]: 'site-start', [`${THIRD}.from`]: REMOVED, [`${THIRD}.offset`]: 'P0D' },
      },
    ],
    ['one series in two arms', { 'arms[1].series': [{ id: 'extra', count: 1, format: 'group' }] }],
    [
      'a month’s window of four weeks',
      { [`${MEETING}.every`]: 'P1M', [`${MEETING}.window`]: { before: 'P0D', after: 'P27D' } },
    ],
    [
      'an assessment from the day that another was done',
      { [`${THIRD}.from`]: 'done', [`${THIRD}.window.before`]: 'P0D' },
    ],
  ];
  for (const [name, changes] of good) {
    it(`${name}: nothing to mend`, () => {
      assert.deepEqual(said(changes), []);
    });
  }
});

describe('the forms of assessments', () => {
  const study = parseStudy(JSON.stringify(exampleWithSchedule()), FILE);

  it('have the study’s sites for choices, as those of the screening', () => {
    const form = formOf(study.assessments ?? [], 'baseline', 'work');
    assert.ok(form && 'elements' in form);
    const [, home] = form.elements;
    assert.ok(home?.type === 'dropdown');
    assert.deepEqual(
      home.choices?.map((choice) => typeof choice === 'object' && choice.value),
      ['north', 'south'],
    );
  });

  it('are found where another assessment’s are meant', () => {
    const { assessments = [] } = study;
    assert.equal(formOf(assessments, 'week-12', 'work'), formOf(assessments, 'baseline', 'work'));
    assert.equal(formOf(assessments, 'month-6', 'work'), undefined);
    assert.equal(formOf(assessments, 'baseline', 'toString'), undefined);
    assert.equal(formOf(assessments, 'nowhere', 'work'), undefined);
  });
});
