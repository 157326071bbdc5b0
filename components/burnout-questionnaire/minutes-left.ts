import type { Sitting } from './sitting.ts';
import type { Asked } from './which-questionnaire.ts';

/** Seconds for one item that is chosen from a scale, or one question of a form, where the study does not say how long. */
const SECONDS = { instrument: 8, form: 15 };
/** Of a part that is still being fetched. */
const USUAL_QUESTIONS = 8;

/**
 * How long the rest will take, in minutes: the study's own figure shared out by how many questions each part has.
 *
 * @param page how far one is in the open part, from 0 to below 1
 */
export function minutesLeft(sitting: Sitting, page: number, asked: Asked): number {
  const sizes = sitting.parts.map(({ name }) => sitting.questionsIn(name) ?? USUAL_QUESTIONS);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const done = sum(sizes.slice(0, sitting.index)) + (sizes[sitting.index] ?? 0) * page;
  const seconds = sum(sizes.map((size, index) => size * SECONDS[sitting.parts[index]?.kind ?? 'form']));
  const said = asked.kind === 'assessment' ? asked.assessment.minutes : undefined;
  return Math.round((said ?? seconds / 60) * (1 - done / Math.max(1, sum(sizes))));
}
