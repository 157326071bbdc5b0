import type { BaseIssue } from 'valibot';
import { pathText } from '../study/path.ts';
import { list, nearest } from '../study/wording.ts';

/** What is wrong with a plan that a page gives, for its developer: fetched when there is something to say. */
export function planProblem({ expected, path, received }: BaseIssue<unknown>, known: readonly string[]): string {
  const keys = (path ?? []).map(({ key }) => key as PropertyKey);
  const name = String(keys.at(-1));
  const place = pathText(['plan', ...keys]);
  const meant = nearest(name, known);
  if (keys.length === 1 && !known.includes(name)) {
    return `${place}: is not part of a plan. ${meant === undefined ? `It has ${list(known, 'and')}.` : `Did you mean "${meant}"?`}`;
  }
  const wrong = received === 'undefined' ? 'is missing' : `is ${received}`;
  const takes = expected === null ? 'which it cannot be' : `it takes ${expected}`;
  return `${place}: ${wrong}; ${takes}. A plan is as GET /me tells it.`;
}
