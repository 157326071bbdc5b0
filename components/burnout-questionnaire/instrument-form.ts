import type { Choice, Form, Page, Problem, Question } from '../../src/form/form.ts';
import { optionsOf } from '../../src/instruments/options.ts';
import type { Instrument, Item, Words } from '../../src/instruments/schema.ts';
import type { Answers, Value } from '../../src/study/answers.ts';

/** More items than this are not put onto one page, unless they cannot be parted. */
const MOST_ON_A_PAGE = 10;

/**
 * An instrument behind the port of forms, so that it is drawn as every other form is, without an engine. Consecutive items
 * with the same options are one matrix, whose rows are the items; an item that stands alone, or whose ends have words of
 * their own, is a question of its own. Every item asks for an answer: whether one may go on without is for whoever asks.
 */
export class InstrumentForm implements Form {
  /** Of the items: the words that the study says before them are in the language that is read. */
  readonly language: string;
  readonly title = '';
  readonly description = '';
  readonly pages: readonly Page[];
  readonly shown: ReadonlySet<string>;
  readonly #listeners = new Set<() => void>();
  #answers: Answers;

  /**
   * @param introduction what the study says before it, on every page of it. Markdown
   * @param items what was answered before, by item; what is none of an item's options is left out
   */
  constructor(instrument: Instrument, language: string, introduction = '', items: Answers = {}) {
    this.language = language;
    const say = (words: Words | undefined): string => words?.[language] ?? '';
    const runs = runsOf(instrument.items);
    this.pages = pagesOf(runs).map((onPage, index) => {
      const said = [introduction, index === 0 ? say(instrument.instructions) : ''].filter((text) => text !== '');
      return {
        name: `page-${index + 1}`,
        ...(said.length > 0 && { description: said.join('\n\n') }),
        items: onPage.map((run) => questionOf(run, instrument, say)),
      };
    });
    this.shown = new Set(runs.map(nameOf));
    this.#answers = byQuestion(runs, instrument, items);
  }

  get answers(): Answers {
    return this.#answers;
  }

  /** What was answered, by item. */
  get items(): Answers {
    const items: Record<string, Value> = {};
    for (const [question, value] of Object.entries(this.#answers)) {
      if (typeof value === 'object' && !Array.isArray(value)) Object.assign(items, value);
      else items[question] = value;
    }
    return items;
  }

  answer(question: string, value: Value | undefined): void {
    const { [question]: _, ...others } = this.#answers;
    this.#answers = value === undefined ? others : { ...others, [question]: value };
    for (const listener of this.#listeners) listener();
  }

  async problems(page?: string): Promise<readonly Problem[]> {
    return this.pages
      .filter(({ name }) => page === undefined || name === page)
      .flatMap(({ items }) => items as readonly Question[])
      .flatMap((question): readonly Problem[] => {
        const value = this.#answers[question.name];
        if (question.type !== 'matrix') {
          return value === undefined ? [{ code: 'required', question: question.name }] : [];
        }
        const rows = (value ?? {}) as Answers;
        const open = question.rows.filter(({ name }) => !Object.hasOwn(rows, name));
        return open.map((row) => ({ code: 'row-required', question: question.name, row: row.name }));
      });
  }

  data(): Answers {
    return this.#answers;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function questionOf(run: readonly Item[], instrument: Instrument, say: (words: Words | undefined) => string): Question {
  const [first] = run as [Item];
  const choices = optionsOf(instrument, first).map(
    ({ text, value }): Choice => ({ value, text: text === undefined ? String(value) : say(text), enabled: true }),
  );
  const base = { name: nameOf(run), required: true, readOnly: false };
  if (run.length > 1) {
    const rows = run.map(({ id, text }) => ({ name: id, text: say(text) }));
    // Where there is no stem the words above the items are left to whoever draws them.
    return { ...base, type: 'matrix', title: say(instrument.stem), columns: choices, rows };
  }
  const alone = { ...base, title: say(first.text), choices };
  if (first.anchors === undefined) return { ...alone, type: 'radiogroup' };
  return { ...alone, type: 'rating', lowest: say(first.anchors.lowest), highest: say(first.anchors.highest) };
}

/** No item has a name with a dot. */
function nameOf(run: readonly Item[]): string {
  const [{ id }] = run as [Item];
  return run.length > 1 ? `${id}.` : id;
}

function byQuestion(runs: readonly (readonly Item[])[], instrument: Instrument, items: Answers): Answers {
  const questions: Record<string, Value> = {};
  for (const run of runs) {
    const given: Record<string, Value> = {};
    for (const item of run) {
      const value = Object.hasOwn(items, item.id) ? items[item.id] : undefined;
      const isOffered = optionsOf(instrument, item).some((option) => option.value === value);
      if (value !== undefined && isOffered) given[item.id] = value;
    }
    if (run.length === 1) Object.assign(questions, given);
    else if (Object.keys(given).length > 0) questions[nameOf(run)] = given;
  }
  return questions;
}

/** Consecutive items with the same options, as far as they go onto one page. */
function runsOf(items: readonly Item[]): readonly (readonly Item[])[] {
  const runs: Item[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    const goesOn = last?.[0]?.options === item.options && item.anchors === undefined && last[0].anchors === undefined;
    if (goesOn) last.push(item);
    else runs.push([item]);
  }
  return runs.flatMap(evenly);
}

/** In equal parts, none of which is longer than a page. */
function evenly(run: readonly Item[]): readonly (readonly Item[])[] {
  const parts = Math.ceil(run.length / MOST_ON_A_PAGE);
  const size = Math.ceil(run.length / parts);
  return Array.from({ length: parts }, (_, part) => run.slice(part * size, (part + 1) * size));
}

function pagesOf(runs: readonly (readonly Item[])[]): readonly (readonly (readonly Item[])[])[] {
  const pages: (readonly Item[])[][] = [];
  for (const run of runs) {
    const page = pages.at(-1);
    const there = page?.reduce((sum, { length }) => sum + length, 0) ?? 0;
    if (page !== undefined && there + run.length <= MOST_ON_A_PAGE) page.push(run);
    else pages.push([run]);
  }
  return pages;
}
