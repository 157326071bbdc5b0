import * as v from 'valibot';
import { type Issue, issuesOf } from '../study/issues.ts';
import { pathText } from '../study/path.ts';
import type { ReceiverContext } from './app.ts';
import { readBody } from './read-body.ts';
import { type Fault, type ProblemName, Refusal } from './refusal.ts';
import { JsonError, type JsonFault, parseStrictJson } from './strict-json.ts';

/** Bodies as they arrive from strangers, read whole or refused. */

const JSON_PROBLEMS: Readonly<Record<JsonFault, ProblemName>> = {
  'not-json': 'not-json',
  'repeated-name': 'ambiguous-json',
  'forbidden-name': 'ambiguous-json',
  'number-range': 'ambiguous-json',
  'not-unicode': 'ambiguous-json',
  'too-deep': 'too-deep',
};

/** How `readRequest` may refuse: part of the problems of every operation that reads its body by it. */
export const REQUEST_PROBLEMS = [
  'wrong-content-type',
  'too-large',
  'cut-off',
  'not-utf-8',
  'not-json',
  'ambiguous-json',
  'too-deep',
  'not-a-request',
] as const satisfies readonly ProblemName[];

/**
 * A request's body by its schema, as it stands: nothing is added, left out or changed.
 *
 * @param limit bytes
 * @throws Refusal as `REQUEST_PROBLEMS`
 */
export async function readRequest<Schema extends v.GenericSchema>(
  context: ReceiverContext,
  schema: Schema,
  limit: number,
): Promise<{ readonly text: string; readonly json: v.InferInput<Schema> }> {
  assertJson(context);
  const { text } = await readBody(context.req.raw, limit);
  const json = readJson(text);
  // The library takes a list for an object that may be empty.
  const isList = Array.isArray(json);
  if (isList || !v.is(schema, json)) {
    const faults = isList ? [{ path: '', code: 'kind' }] : issuesOf(schema, json).flatMap(faultsOf);
    throw new Refusal('not-a-request', 'Mend what "problems" names; openapi.json has the schema.', { faults });
  }
  return { text, json };
}

/** @throws Refusal `wrong-content-type` */
export function assertJson(context: ReceiverContext): void {
  if (/^application\/json *(;|$)/i.test(context.req.header('content-type') ?? '')) return;
  throw new Refusal('wrong-content-type', 'Send it as Content-Type: application/json.');
}

/** @throws Refusal */
export function readJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
    throw new Refusal(JSON_PROBLEMS[cause.code], cause.message, { cause });
  }
}

/** Where and what, without the messages: they could repeat a value. */
export function faultsOf(issue: Issue): Fault[] {
  return placesOf(issue).map((path) => ({ path: pathText(path), code: issue.code }));
}

function placesOf(issue: Issue): (readonly PropertyKey[])[] {
  if (issue.code === 'unknown') return issue.keys.map((key) => [...issue.path, key]);
  return [issue.code === 'no-such' ? [...issue.path, issue.key] : issue.path];
}
