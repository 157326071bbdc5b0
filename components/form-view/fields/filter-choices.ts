import type { Choice } from '../../../src/form/form.ts';

/**
 * Finding choices by what somebody types: without case, accents and punctuation, every typed word somewhere in the
 * choice. Plain data in and out; a long list is prepared once, so that each key afterwards costs next to nothing.
 */

/** A choice, with its words as they are shown and as they are searched. */
export interface Listed {
  readonly choice: Choice;
  readonly text: string;
  /** The folded words, each after a space. */
  readonly folded: string;
}

export interface ChoiceIndex {
  readonly ordinary: readonly Listed[];
  /** "None of these", "prefer not to answer" and their like: offered whatever is typed. */
  readonly special: readonly Listed[];
}

/** What a list offers for what was typed. */
export interface Offer {
  /** As many results as a list can hold, and then the special choices. */
  readonly options: readonly Listed[];
  /** Results among the options. */
  readonly results: number;
  /** Results that there are. */
  readonly found: number;
}

/** A stretch of a choice's words, for showing what of it was typed. */
export interface Stretch {
  readonly text: string;
  readonly matched: boolean;
}

/** Letters that no decomposition takes apart, though people without them on the keyboard type others. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ς: 'σ',
};

/** @param textOf a choice's words in the reader's language */
export function indexChoices(choices: readonly Choice[], textOf: (choice: Choice) => string): ChoiceIndex {
  const listed = choices.map((choice): Listed => {
    const text = textOf(choice);
    return { choice, text, folded: spaced(wordsOf(text)) };
  });
  return {
    ordinary: listed.filter(({ choice }) => choice.special === undefined),
    special: listed.filter(({ choice }) => choice.special !== undefined),
  };
}

/**
 * The ordinary choices that have every word of the query: first those that begin with it, then those of which words
 * begin with its words, then the rest; within each in the study's order.
 */
export function filterChoices({ ordinary }: ChoiceIndex, query: string): readonly Listed[] {
  const words = wordsOf(query);
  if (words.length === 0) return ordinary;
  const ranks: [Listed[], Listed[], Listed[]] = [[], [], []];
  for (const one of ordinary) {
    const rank = rankOf(one.folded, words);
    if (rank !== undefined) ranks[rank].push(one);
  }
  return ranks.flat();
}

/** @param limit the most results that the list can hold; whoever wants others types more */
export function offerFor(index: ChoiceIndex, query: string, limit: number): Offer {
  const found = filterChoices(index, query);
  const results = found.slice(0, limit);
  return { options: [...results, ...index.special], results: results.length, found: found.length };
}

/** The one choice that is called what was typed, case, accents and punctuation aside. Undefined: none, or several. */
export function choiceNamed({ ordinary, special }: ChoiceIndex, typed: string): Choice | undefined {
  const open = [...ordinary, ...special].filter(({ choice }) => choice.enabled);
  const folded = spaced(wordsOf(typed));
  const exact = open.filter(({ text }) => text === typed.trim());
  const found = exact.length > 0 || folded === '' ? exact : open.filter((one) => one.folded === folded);
  return found.length === 1 ? found[0]?.choice : undefined;
}

/**
 * A choice's words, cut where what was typed begins and ends: each typed word once, where it begins a word if it does.
 * Together the stretches are the text.
 */
export function markMatches(text: string, query: string): readonly Stretch[] {
  const whole = ` ${fold(text)}`;
  const marks = wordsOf(query).flatMap((word) => {
    const begun = whole.indexOf(` ${word}`);
    const start = begun < 0 ? whole.indexOf(word) - 1 : begun;
    return start < 0 ? [] : [{ start, end: start + word.length }];
  });
  const stretches: { text: string; matched: boolean }[] = [];
  let at = 0;
  for (const character of text) {
    const start = at;
    at += foldCharacter(character).length;
    // An accent that stands by itself folds to nothing, and goes with the letter before it.
    const matched = marks.some((mark) => at > mark.start && (start < mark.end || (start === at && at === mark.end)));
    const last = stretches.at(-1);
    if (last?.matched === matched) last.text += character;
    else stretches.push({ text: character, matched });
  }
  return stretches;
}

/** Without case, accents and apostrophes, other punctuation as spaces; letter by letter, whatever stands around. */
export function fold(text: string): string {
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** Each character is folded once: a list of thousands of names has a few dozen of them. */
const known = new Map<string, string>();

function foldCharacter(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const folded = character
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{Diacritic}'’‘]/gu, '')
    .replace(/[\p{P}\s]/gu, ' ')
    .replace(/[ßæœøłđıς]/g, (letter) => PLAIN[letter] ?? letter);
  known.set(character, folded);
  return folded;
}

function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(' ')
    .filter((word) => word !== '');
}

function spaced(words: readonly string[]): string {
  return words.map((word) => ` ${word}`).join('');
}

function rankOf(folded: string, words: readonly string[]): 0 | 1 | 2 | undefined {
  let rank: 0 | 1 | 2 = folded.startsWith(` ${words[0]}`) ? 0 : 1;
  for (const word of words) {
    if (folded.includes(` ${word}`)) continue;
    if (!folded.includes(word)) return undefined;
    rank = 2;
  }
  return rank;
}
