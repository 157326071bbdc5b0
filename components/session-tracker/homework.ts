import type { Answers } from '../../src/study/answers.ts';
import type { AnswerDraft } from '../../src/submission/draft.ts';
import type { MySession } from '../../src/submission/participation.ts';

/** A text that somebody writes between two sessions. */
export interface Written {
  readonly session: string;
  readonly task: string;
  readonly text: string;
}

interface Entry extends Written {
  /** Handed in under this id; absent while it is only typed. */
  readonly submission?: string;
  /** A disk holds what was handed in: a draft need not. */
  readonly durable?: boolean;
  readonly arrived?: boolean;
}

/**
 * What is written between sessions, from the first key until the endpoint tells it as saved. Kept as a draft while it is typed;
 * handed in, whole, when somebody has finished with a text. Owns no field and sends nothing.
 */
export class Homework {
  readonly #entries = new Map<string, Entry>();
  /** A draft is there to be wiped, or was. */
  #hasDraft = false;

  /** What stands in the field: what was typed here, else what was saved last. */
  textOf(session: MySession, task: string): string {
    const entry = this.#entries.get(keyOf(session.id, task));
    return entry?.text ?? savedIn(session, task)?.text ?? '';
  }

  /** What of a text is true now. */
  stateOf(session: MySession, task: string): 'empty' | 'typing' | 'handed-in' | 'saved' {
    const entry = this.#entries.get(keyOf(session.id, task));
    if (entry !== undefined) return entry.submission === undefined ? 'typing' : 'handed-in';
    return savedIn(session, task) === undefined ? 'empty' : 'saved';
  }

  /** What a text was handed in by, where it was. */
  submissionOf(session: MySession, task: string): string | undefined {
    return this.#entries.get(keyOf(session.id, task))?.submission;
  }

  type(session: MySession, task: string, text: string): void {
    const key = keyOf(session.id, task);
    const before = this.#entries.get(key);
    // Back to what was there before: nothing is to be said of it. But for what is on its way, which this must overrule.
    if (before?.submission === undefined && text === (savedIn(session, task)?.text ?? '')) this.#entries.delete(key);
    else this.#entries.set(key, { session: session.id, task, text });
  }

  /** What is typed and not handed in. */
  get typed(): readonly Written[] {
    return [...this.#entries.values()].filter(({ submission }) => submission === undefined);
  }

  /** It is on its way: unless somebody has typed on in the meantime. */
  handedIn({ session, task, text }: Written, submission: string, durable: boolean): void {
    const entry = this.#entries.get(keyOf(session, task));
    if (entry?.text === text) this.#entries.set(keyOf(session, task), { ...entry, submission, durable });
  }

  /** The endpoint has it. What it tells of the text from now on is the truth again. */
  arrived(submission: string): void {
    for (const [key, entry] of this.#entries) {
      if (entry.submission === submission) this.#entries.set(key, { ...entry, arrived: true });
    }
  }

  /** The endpoint has told what is saved. */
  meet(sessions: readonly MySession[]): void {
    for (const [key, entry] of this.#entries) {
      const saved = sessions
        .find(({ id }) => id === entry.session)
        ?.homework.find(({ task }) => task === entry.task)?.saved;
      if (entry.arrived === true || saved?.text === entry.text) this.#entries.delete(key);
    }
  }

  /** From a draft: what was typed later than what is saved. */
  takeUp({ answers, entered = {} }: Pick<AnswerDraft, 'answers' | 'entered'>, sessions: readonly MySession[]): void {
    for (const [key, text] of Object.entries(answers)) {
      const [session, task] = partsOf(key);
      const saved = sessions.find(({ id }) => id === session)?.homework.find((one) => one.task === task)?.saved;
      const isOlder = saved !== undefined && (entered[key] ?? Number.POSITIVE_INFINITY) <= Date.parse(saved.at);
      if (session === '' || typeof text !== 'string' || isOlder || text === saved?.text) continue;
      this.#hasDraft = true;
      // What is under the hands here is later than any draft.
      if (!this.#entries.has(key)) this.#entries.set(key, { session, task, text });
    }
  }

  /** Answers of a draft; `nothing` once there is nothing more to keep, `unknown` where nothing ever was. */
  draft(): Answers | 'nothing' | 'unknown' {
    const kept = [...this.#entries].filter(([, { durable, arrived }]) => durable !== true && arrived !== true);
    if (kept.length > 0) {
      this.#hasDraft = true;
      return Object.fromEntries(kept.map(([key, { text }]) => [key, text]));
    }
    if (!this.#hasDraft) return 'unknown';
    this.#hasDraft = false;
    return 'nothing';
  }

  clear(): void {
    this.#entries.clear();
    this.#hasDraft = false;
  }
}

/** As drafts name it: `wellbeing-3/worksheet`. */
export function keyOf(session: string, task: string): string {
  return `${session}/${task}`;
}

function partsOf(key: string): readonly [session: string, task: string] {
  const at = key.indexOf('/');
  return at === -1 ? ['', ''] : [key.slice(0, at), key.slice(at + 1)];
}

function savedIn({ homework }: MySession, task: string): { readonly text: string } | undefined {
  return homework.find((one) => one.task === task)?.saved;
}
