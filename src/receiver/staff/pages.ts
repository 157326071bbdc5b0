import * as v from 'valibot';
import { submissionIdSchema } from '../../submission/submission-id.ts';
import type { ReceiverContext } from '../app.ts';
import { Refusal } from '../refusal.ts';
import type { QueryParameter } from '../route.ts';
import type { Json } from './blinding.ts';
import { PAGE } from './schemas.ts';

/** Lists for staff, page by page. */

export const AFTER: QueryParameter = {
  name: 'after',
  description: `The \`next\` of the page before; a page has at most ${PAGE}.`,
};

/** @throws Refusal `not-a-request` */
export function afterOf(context: ReceiverContext): string | undefined {
  const after = context.req.query('after');
  if (after === undefined || v.is(submissionIdSchema, after)) return after;
  const faults = [{ path: 'after', code: 'form' }];
  throw new Refusal('not-a-request', 'Send the "next" of the page before as "after", or nothing.', { faults });
}

/** @param rows one more than a page, where there are more */
export function page<Row extends { readonly id: string }>(
  name: string,
  rows: readonly Row[],
  describe: (row: Row) => Json,
  shown: (row: Row) => boolean = () => true,
): Json {
  const these = rows.slice(0, PAGE);
  const next = rows.length > PAGE ? (these.at(-1)?.id ?? null) : null;
  return { [name]: these.filter(shown).map(describe), next };
}

/** Without what is null. */
export function present(
  members: Readonly<Record<string, string | number | boolean | null>>,
): Record<string, string | number | boolean> {
  const entries = Object.entries(members).flatMap(([name, value]): [string, string | number | boolean][] =>
    value === null ? [] : [[name, value]],
  );
  return Object.fromEntries(entries);
}
