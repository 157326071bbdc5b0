import type { Answers } from '../study/answers.ts';
import { bandOf } from './bands.ts';
import { checkAnswers } from './check-answers.ts';
import { AnswersError } from './instrument-error.ts';
import { optionsOf } from './options.ts';
import type { Instrument, Item, Subscale } from './schema.ts';

/**
 * One function from answers to scores, for the browser, the receiver and the command line. What the rules are stands in
 * each instrument's file, with the publication they are from; here is only how a rule is carried out.
 */

/** Raised when the same file and the same answers would give another result than before. */
export const SCORING_VERSION = 1;

export interface ScoreOptions {
  /**
   * Whether the kit's own rules about missing items count, where nothing was published. Off, such an instrument is
   * scored only when every item of the subscale is answered.
   */
  readonly kitRules?: boolean;
  /** Whether to name bands that are only a convention which the author does not share. */
  readonly conventionalBands?: boolean;
}

export interface SafetyFlag {
  readonly kind: 'safety';
  readonly item: string;
  readonly value: number;
}

export interface Score {
  /** By subscale, not rounded. Null where the rule gives no score. */
  readonly scores: Readonly<Record<string, number | null>>;
  /** By subscale that has bands: the label; null where there is no score or it lies in no band. */
  readonly bands: Readonly<Record<string, string | null>>;
  /** Answers that somebody must see at once, in the order of the items, whatever the score. */
  readonly flags: readonly SafetyFlag[];
  /** How many items have an answer. */
  readonly answered: number;
  /** What it was scored by: `phq9@1.0.0/1`, the file's version and the code's; `+kit` with the kit's own rules. */
  readonly rule: string;
}

/**
 * Scores answers by the instrument's rule.
 *
 * Each item's value is its option's, reversed where the file says so: lowest plus highest minus value over the item's own
 * options (CBI item w7, Kristensen 2005; BRS 2, 4, 6, Smith 2008; SUS even items, Brooke 1996; OLBI, Demerouti 2003; PSS
 * positively worded items, Cohen 1983). A subscale is the mean or the sum of its items, each shifted by `offset`, times
 * `multiply` (SUS: minus 1, sum, times 2.5, Brooke 1996; WHO-5: sum times 4, Topp 2015).
 *
 * Of a subscale with items missing:
 * - under `minAnswered` there is no score (CBI: 3, 4, 3, the PUMA form of Kristensen 2005);
 * - else a mean is that of the answered items (BRS: sum by number answered, Smith 2008 in PhenX 251401), and a sum is
 *   `prorate`d, mean of the answered times number of items (PHQ: developers' practice), or the missing are `impute`d
 *   (SUS: the centre point, Brooke 1996);
 * - where a subscale `requires` others, it has no score unless they have (BAT-12, OLBI, PFI, UWES: the kit's).
 *
 * A rule whose basis is the kit's is off unless `kitRules` is on; then every item must be answered. Never a guess: where
 * no rule gives a number, it is null.
 *
 * @param answers by item; an item without an answer has no key
 * @throws AnswersError for items and values that are not the instrument's
 */
export function score(instrument: Instrument, answers: Answers, options: ScoreOptions = {}): Score {
  const { kitRules = false, conventionalBands = false } = options;
  const problems = checkAnswers(instrument, answers);
  if (problems.length > 0) throw new AnswersError(instrument.id, problems);
  const given = new Map(
    Object.entries(answers).flatMap(([item, value]) => (typeof value === 'number' ? [[item, value] as const] : [])),
  );
  const rules = new Rules(instrument, given, kitRules);
  const scores = Object.fromEntries(instrument.subscales.map(({ id }) => [id, rules.scoreOf(id)]));
  const showsBands = conventionalBands || !instrument.conventionalBands;
  return {
    scores,
    bands: showsBands ? bandsOf(instrument, scores) : {},
    flags: flagsOf(instrument, given),
    answered: given.size,
    rule: `${instrument.id}@${instrument.version}/${SCORING_VERSION}${kitRules ? '+kit' : ''}`,
  };
}

/** The flags that a single answer raises: for an element, which must not wait until a page is full. */
export function safetyFlag({ safety = [] }: Instrument, item: string, value: unknown): SafetyFlag | undefined {
  if (typeof value !== 'number') return undefined;
  const raises = safety.some((rule) => rule.item === item && rule.answers.includes(value));
  return raises ? { kind: 'safety', item, value } : undefined;
}

function flagsOf(instrument: Instrument, given: ReadonlyMap<string, number>): readonly SafetyFlag[] {
  return instrument.items.flatMap(({ id }) => safetyFlag(instrument, id, given.get(id)) ?? []);
}

function bandsOf(
  { bands = [] }: Instrument,
  scores: Readonly<Record<string, number | null>>,
): Readonly<Record<string, string | null>> {
  const subscales = [...new Set(bands.map(({ subscale }) => subscale))];
  return Object.fromEntries(
    subscales.map((subscale) => {
      const value = scores[subscale] ?? null;
      return [subscale, value === null ? null : (bandOf(bands, subscale, value)?.label ?? null)];
    }),
  );
}

/** An instrument's rules, applied to one set of answers. */
class Rules {
  readonly #items: ReadonlyMap<string, Item>;
  readonly #instrument: Instrument;
  readonly #given: ReadonlyMap<string, number>;
  readonly #kitRules: boolean;

  constructor(instrument: Instrument, given: ReadonlyMap<string, number>, kitRules: boolean) {
    this.#items = new Map(instrument.items.map((item) => [item.id, item]));
    this.#instrument = instrument;
    this.#given = given;
    this.#kitRules = kitRules;
  }

  scoreOf(id: string): number | null {
    const subscale = this.#instrument.subscales.find((one) => one.id === id);
    if (subscale === undefined) return null;
    const answered = subscale.items.filter((item) => this.#given.has(item)).length;
    if (answered < this.#minimum(subscale)) return null;
    if (subscale.requires?.some((other) => this.scoreOf(other) === null)) return null;
    const values = subscale.items.flatMap((item) => this.#valueOf(item, subscale) ?? []);
    const sum = values.reduce((total, value) => total + value, 0);
    const { length } = subscale.items;
    const { multiply = 1 } = subscale;
    if (subscale.method === 'mean') return (sum / values.length) * multiply;
    if (values.length === length) return sum * multiply;
    // Multiplied before it is divided: a total that comes out whole is then whole.
    return subscale.prorate ? ((sum * length) / values.length) * multiply : null;
  }

  /** How many answers it takes, by the published rule or by the kit's where that is on. */
  #minimum({ items, minAnswered, kitMinAnswered }: Subscale): number {
    if (this.#kitRules) return kitMinAnswered ?? minAnswered;
    return this.#instrument.missing.basis === 'published' ? minAnswered : items.length;
  }

  /** An item's part in a score; undefined where it is missing and nothing stands for it. */
  #valueOf(id: string, { impute, offset = 0 }: Subscale): number | undefined {
    const item = this.#items.get(id);
    const value = this.#given.get(id) ?? impute;
    if (item === undefined || value === undefined) return undefined;
    return (
      (item.reverse
        ? mirrored(
            value,
            optionsOf(this.#instrument, item).map((option) => option.value),
          )
        : value) + offset
    );
  }
}

/** The value as far from the other end: lowest plus highest minus it. */
function mirrored(value: number, options: readonly number[]): number {
  return Math.min(...options) + Math.max(...options) - value;
}
