import { SteadyError } from '../study/steady-error.ts';

/**
 * JSON as it may arrive from strangers: I-JSON (RFC 7493), which RFC 8785 digests presuppose, and not too deep. Two
 * readers of the same bytes must not understand different things, so what JSON.parse would settle in silence (a name
 * given twice, a number out of range, half a surrogate pair) is refused here.
 */

/** Deeper than any form's answers: a matrix in a submission is four. */
const DEEPEST = 32;

export type JsonFault = 'not-json' | 'repeated-name' | 'forbidden-name' | 'too-deep' | 'number-range' | 'not-unicode';

export class JsonError extends SteadyError {
  declare readonly code: JsonFault;

  constructor(code: JsonFault, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
  }
}

/** @throws JsonError. Its message never repeats what was read, but for a name that stands twice. */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new JsonError('not-json', 'The body is not JSON.', { cause });
  }
  inspect(text);
  return value;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Walks the tokens of a text that is known to be JSON. */
function inspect(text: string): void {
  /** What is open: an object with the names seen in it, or an array. */
  const open: (Set<string> | undefined)[] = [];
  let atName = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const names = open.at(-1);
    switch (token[0]) {
      case '{':
      case '[':
        open.push(token === '{' ? new Set() : undefined);
        if (open.length > DEEPEST) throw new JsonError('too-deep', `The body is nested more than ${DEEPEST} deep.`);
        atName = token === '{';
        break;
      case '}':
      case ']':
        open.pop();
        atName = false;
        break;
      case ',':
        atName = names !== undefined;
        break;
      case ':':
        atName = false;
        break;
      case '"':
        inspectString(token, atName ? names : undefined);
        break;
      default:
        if (/\d/.test(token) && !Number.isFinite(Number(token))) {
          throw new JsonError('number-range', 'The body has a number that is too large for a double (RFC 7493, 2.2).');
        }
    }
  }
}

function inspectString(token: string, names: Set<string> | undefined): void {
  if (names === undefined && !token.includes('\\u')) return;
  const text: string = JSON.parse(token);
  if (!text.isWellFormed()) {
    throw new JsonError('not-unicode', 'The body has half of a surrogate pair (RFC 7493, 2.1).');
  }
  if (names === undefined) return;
  if (text === '__proto__') throw new JsonError('forbidden-name', 'The body has a member named "__proto__".');
  if (names.has(text)) throw new JsonError('repeated-name', `The body has the member "${text}" twice in one object.`);
  names.add(text);
}
