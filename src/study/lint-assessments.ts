import { type Assessment, RECORDED_ANCHORS } from './assessments-part.ts';
import { daysOf } from './duration.ts';
import { type Finding, repeated } from './finding.ts';
import { neverKnown } from './lint-anchors.ts';
import type { Study } from './schema.ts';
import { formOf } from './study-forms.ts';
import { list, useOneOf } from './wording.ts';

/** Assessments beside each other: anchors that lead to a day, windows in which somebody can answer, forms that are there. */

type Path = readonly PropertyKey[];

export function* lintAssessments(study: Study): Generator<Finding> {
  const { assessments = [] } = study;
  const path = ['assessments'];
  yield* repeated(assessments, path, ({ id }) => id, 'id');
  for (const [index, assessment] of assessments.entries()) {
    const here = [...path, index];
    yield* lintAnchor(assessment, study, here);
    yield* lintParts(assessment, assessments.slice(0, index), here);
    yield* lintSafety(assessment, study, here);
    yield* lintOverlap(assessment, assessments, index, here);
  }
}

const isRecorded = (anchor: string): boolean => RECORDED_ANCHORS.some((one) => one === anchor);

function* lintAnchor(assessment: Assessment, study: Study, path: Path): Generator<Finding> {
  const { id, anchor, from, offset, window } = assessment;
  const { assessments = [] } = study;
  if (isRecorded(id)) {
    yield {
      path: [...path, 'id'],
      message: `is "${id}", which is the name of an anchor.`,
      fix: 'Choose another id.',
    };
  }
  const others = assessments.map((one) => one.id).filter((one) => one !== id);
  const chain = chainOf(assessment, assessments);
  if (!isRecorded(anchor) && !others.includes(anchor)) {
    const message =
      anchor === id ? `is "${id}" itself.` : `is ${JSON.stringify(anchor)}, which leads to no day that is ever known.`;
    yield { path: [...path, 'anchor'], message, fix: useOneOf(anchor, [...RECORDED_ANCHORS, ...others]) };
  } else if (chain.at(-1)?.anchor === id && !isRecorded(id)) {
    yield {
      path: [...path, 'anchor'],
      message: `goes round in a circle: ${[...chain.map((one) => one.id), id].join(', ')}.`,
      fix: `Let one of them start from ${list(RECORDED_ANCHORS)}.`,
    };
  }
  const never = neverKnown(anchor, study);
  if (never !== undefined) {
    yield { path: [...path, 'anchor'], message: `is "${anchor}", but ${never.why}`, fix: never.fix };
  }
  if (from !== undefined && isRecorded(anchor)) {
    yield {
      path: [...path, 'from'],
      message: `is "${from}", but "${anchor}" is a day of its own.`,
      fix: 'Remove it: only an assessment has a day that it is due and one that it is done.',
    };
  }
  // A site may start on a day that is long known; these are known only once they have come.
  const cameJustNow = anchor === 'consent' || anchor === 'allocation' || from === 'done';
  if (cameJustNow && daysOf(window.before).least > daysOf(offset).most) {
    yield {
      path: [...path, 'window', 'before'],
      message: `is ${window.before}, so that it would open before the day it is counted from.`,
      fix: `Let it be at most the offset, ${offset}.`,
    };
  }
}

/** An assessment and those that it is counted from, as far as they lead, each once. */
function chainOf(
  assessment: Assessment,
  assessments: readonly Assessment[],
  before: readonly Assessment[] = [],
): readonly Assessment[] {
  const chain = [...before, assessment];
  const next = isRecorded(assessment.anchor) ? undefined : assessments.find(({ id }) => id === assessment.anchor);
  return next === undefined || chain.includes(next) ? chain : chainOf(next, assessments, chain);
}

function* lintParts(assessment: Assessment, earlier: readonly Assessment[], path: Path): Generator<Finding> {
  const { instruments = [], forms = {}, feedback, safety } = assessment;
  yield* repeated(instruments, [...path, 'instruments'], ({ id }) => id);
  if (instruments.length === 0 && Object.keys(forms).length === 0) {
    yield { path, message: 'asks nothing.', fix: 'Add "instruments", "forms" or both.' };
  }
  for (const [name, form] of Object.entries(forms)) {
    const here = [...path, 'forms', name];
    if (instruments.some(({ id }) => id === name)) {
      yield {
        path: here,
        message: 'has the name of an instrument that is asked with it.',
        fix: 'Choose another name: answers are kept by it.',
      };
    }
    if (!('sameAs' in form) || formOf(earlier, form.sameAs, name) !== undefined) continue;
    const having = earlier.filter(({ forms: theirs = {} }) => Object.hasOwn(theirs, name)).map(({ id }) => id);
    yield {
      path: [...here, 'sameAs'],
      message: `is "${form.sameAs}", which is no earlier assessment with a form "${name}".`,
      fix: having.length === 0 ? 'Write the form here.' : useOneOf(form.sameAs, having),
    };
  }
  if (instruments.length > 0) return;
  for (const [key, value] of Object.entries({ feedback, safety })) {
    if (value === undefined || value === 'none') continue;
    yield {
      path: [...path, key],
      message: 'is about instruments, and there are none.',
      fix: 'Remove it: forms have no scores.',
    };
  }
}

function* lintSafety({ safety }: Assessment, { contacts }: Study, path: Path): Generator<Finding> {
  const isAnswered = contacts.some(({ role, phone, email }) => role === 'safety' && (phone ?? email) !== undefined);
  if (safety === undefined || isAnswered) return;
  yield {
    path: [...path, 'safety'],
    message: 'says how soon somebody answers, and the study has nobody who would.',
    fix: 'Add a contact with the role "safety" and a phone or an e-mail.',
  };
}

/** On one day the same questions under two names: nobody could tell which of the two somebody means to answer. */
function* lintOverlap(
  assessment: Assessment,
  assessments: readonly Assessment[],
  index: number,
  path: Path,
): Generator<Finding> {
  for (const other of assessments.slice(0, index)) {
    const [mine, theirs] = [assessment, other].map((one) => placeOf(one, assessments));
    if (mine === undefined || theirs === undefined || mine.root !== theirs.root) continue;
    const shared = partsOf(assessment).find((part) => partsOf(other).includes(part));
    // Wherever in the calendar they begin: months have other lengths.
    const overlaps = mine.opens.most <= theirs.closes.least && theirs.opens.most <= mine.closes.least;
    if (shared === undefined || !overlaps) continue;
    yield {
      path: [...path, 'window'],
      message: `overlaps that of "${other.id}", and both ask "${shared}".`,
      fix: 'Narrow one of the two, or move it by its offset.',
    };
  }
}

const partsOf = ({ instruments = [], forms = {} }: Assessment): readonly string[] => [
  ...instruments.map(({ id }) => id),
  ...Object.keys(forms),
];

/** Where an assessment lies after a day that somebody records, in days; undefined where that depends on answers. */
function placeOf(assessment: Assessment, assessments: readonly Assessment[]) {
  const chain = chainOf(assessment, assessments);
  const root = chain.at(-1)?.anchor ?? '';
  if (!isRecorded(root) || chain.some(({ from }) => from === 'done')) return undefined;
  const due = chain.map(({ offset }) => daysOf(offset));
  const least = due.reduce((sum, days) => sum + days.least, 0);
  const most = due.reduce((sum, days) => sum + days.most, 0);
  const { before, after } = assessment.window;
  return {
    root,
    opens: { least: least - daysOf(before).most, most: most - daysOf(before).least },
    closes: { least: least + daysOf(after).least, most: most + daysOf(after).most },
  };
}
