import { LARGEST_STUDY_FILE } from '../../src/study/read.ts';
import { SteadyError } from '../../src/study/steady-error.ts';

/**
 * A study that could not be fetched. What is wrong inside one that could is a `StudyError`. Its message only says what it is
 * about: what to do about it is in `load-words.ts`.
 */
export class StudyLoadError extends SteadyError {
  constructor(code: StudyLoadCode, message = '', cause?: unknown) {
    super(code, message, { cause });
  }
}

export type StudyLoadCode =
  | 'no-study'
  | 'no-endpoint'
  | 'study-refused'
  | 'study-not-found'
  | 'study-unreachable'
  | 'study-redirected'
  | 'page-refused';

export interface StudySource {
  readonly text: string;
  /** Its address, for messages. */
  readonly file: string;
}

/**
 * Where a study is: an id is asked of the endpoint; anything else is an address, which must be https (or this machine)
 * and lie on the page's or the endpoint's origin, because whoever writes the study writes what people are asked.
 *
 * @throws StudyLoadError `no-study`, `no-endpoint` or `study-refused`
 */
export function studyAddress(study: string, endpoint: string, page: string): URL {
  if (study.trim() === '') {
    throw new StudyLoadError('no-study');
  }
  if (/^[a-z0-9][a-z0-9-]*$/.test(study)) return new URL(`studies/${study}`, endpointBase(endpoint, page));
  const address = parseUrl(study, page, `study="${study}"`);
  const origins = [new URL(page).origin, ...(endpoint === '' ? [] : [endpointBase(endpoint, page).origin])];
  if (!origins.includes(address.origin) || !isSecure(address)) {
    throw new StudyLoadError('study-refused', `study="${study}"`);
  }
  return address;
}

/** The endpoint as a base for relative addresses: with its closing slash. */
export function endpointBase(endpoint: string, page: string): URL {
  if (endpoint.trim() === '') {
    throw new StudyLoadError('no-endpoint');
  }
  const base = parseUrl(endpoint, page, `endpoint="${endpoint}"`);
  if (!isSecure(base)) {
    throw new StudyLoadError('study-refused', `endpoint="${endpoint}" is not https`);
  }
  base.search = '';
  base.hash = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}

function parseUrl(text: string, page: string, where: string): URL {
  try {
    return new URL(text, page);
  } catch (cause) {
    throw new StudyLoadError('study-refused', `${where} is not an address`, cause);
  }
}

/** https, or this machine. */
export function isSecure(address: URL): boolean {
  return address.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/.test(address.hostname);
}

/**
 * Fetches a study file's text. A redirect is refused: it could lead to another origin, or to a sign-in page.
 *
 * @throws StudyLoadError; AbortError when aborted
 */
export async function fetchStudy(
  address: URL,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<StudySource> {
  const file = address.href;
  let response: Response;
  try {
    response = await fetch(address, {
      signal,
      redirect: 'manual',
      credentials: 'omit',
      headers: { accept: 'application/json' },
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new StudyLoadError('study-unreachable', `${file} could not be reached`, cause);
  }
  if (response.type === 'opaqueredirect') {
    throw new StudyLoadError('study-redirected', `${file} answers with a redirect`);
  }
  const { ok, status } = response;
  if (!ok) {
    const isGone = status === 404 || status === 410;
    throw new StudyLoadError(isGone ? 'study-not-found' : 'study-unreachable', `${file} answers ${status}`);
  }
  return { text: await readText(response, file), file };
}

/** The body, as far as a study file can reach; what is longer is refused by the parser, not read to its end. */
async function readText(response: Response, file: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
      if (text.length <= LARGEST_STUDY_FILE) continue;
      await reader.cancel();
      break;
    }
  } catch (cause) {
    throw new StudyLoadError('study-unreachable', `${file} could not be reached`, cause);
  }
  return text + decoder.decode();
}
