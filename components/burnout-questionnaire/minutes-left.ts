import type { Sitting } from './sitting.ts';
import type { Asked } from './which-questionnaire.ts';

/** Seconds for one item that is chosen from a scale, or one question of a form, where the study does not say how long. */
const SECONDS = { instrument: 8, form: 15 };
/**
 * How long the rest will take, in minutes: the study's own figure shared out by how many questions each part has. Undefined
 * while parts are still being fetched whose size it hangs on: a figure that jumps a moment later is none.
 *
 * @param page how far one is in the open part, from 0 to below 1
 */
export function minutesLeft(sitting: Sitting, page: number, asked: Asked): number | undefined {
  const known = sitting.parts.map(({ name }) => sitting.questionsIn(name));
  const sizes = known.map((size) => size ?? 0);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const done = sum(sizes.slice(0, sitting.index)) + (sizes[sitting.index] ?? 0) * page;
  const seconds = sum(sizes.map((size, index) => size * SECONDS[sitting.parts[index]?.kind ?? 'form']));
  const said = asked.kind === 'assessment' ? asked.assessment.minutes : undefined;
  const isFirst = sitting.index === 0 && page === 0;
  if (known.includes(undefined)) return isFirst ? said : undefined;
  return Math.round((said ?? seconds / 60) * (1 - done / Math.max(1, sum(sizes))));
}
