import * as v from 'valibot';
import { recordOf } from '../study/record.ts';

/**
 * The instrument file: a published questionnaire as data, with the rule it is scored by. The same schema reads the
 * library's files and a site's own, which are untrusted. What it cannot see (names that lead nowhere, bands that overlap)
 * is the lint's.
 */

const id = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9_-]{0,62}$/, 'Use lower-case letters, digits, "_" and "-", starting with a letter: "phq9".'),
);
const name = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'Use letters, digits, "_" and "-", starting with a letter: "q1".'),
);
const version = v.pipe(v.string(), v.regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'Use three numbers: "1.0.0".'));
const language = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Name the language by its tag: "en", "es", "pt-BR".'),
);
const line = v.pipe(v.string(), v.regex(/\S/, 'Write at least a word.'), v.maxLength(2_000));
const count = v.pipe(v.number(), v.integer('Write a whole number.'), v.minValue(1), v.maxValue(500));
const value = v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000));

/** A text by language. Other than a study's texts it always says which: no translation is taken for another. */
const words = v.union([recordOf(language, line)], 'Write a text for each language: { "en": "…" }.');

/** A value without words is shown as it is: the numbers between two named ends. */
const option = v.strictObject({ value, text: v.optional(words) });

const anchors = v.strictObject({ lowest: words, highest: words });

const item = v.strictObject({
  id: name,
  text: v.optional(words),
  /** Which of `optionSets` it is answered by. */
  options: name,
  /** Scored as lowest plus highest minus value, over its own options. */
  reverse: v.optional(v.boolean()),
  /** What its two ends mean, where its options are numbers alone. */
  anchors: v.optional(anchors),
});

const subscale = v.strictObject({
  id: name,
  items: v.pipe(v.array(name), v.minLength(1), v.maxLength(500)),
  method: v.picklist(['mean', 'sum']),
  /** The lowest and the highest score there can be. */
  range: v.strictObject({ min: v.number(), max: v.number() }),
  /** What a higher score means for the participant. */
  higher: v.picklist(['better', 'worse']),
  /** Fewer answered items than this give no score. */
  minAnswered: count,
  /** The kit's own stricter minimum, where the published rule names none. */
  kitMinAnswered: v.optional(count),
  /** The mean of the answered items times the number of items. */
  prorate: v.optional(v.boolean()),
  /** The value that an item without an answer is counted as. */
  impute: v.optional(value),
  /** Subscales that must have a score before this one has. */
  requires: v.optional(v.pipe(v.array(name), v.minLength(1))),
  /** Added to each item, after reversing. */
  offset: v.optional(value),
  /** What the sum or mean is multiplied by in the end. */
  multiply: v.optional(v.pipe(v.number(), v.gtValue(0, 'Write a number above 0.'), v.maxValue(1_000))),
});

const band = v.strictObject({
  subscale: name,
  min: v.number(),
  max: v.number(),
  minInclusive: v.boolean(),
  maxInclusive: v.boolean(),
  label: line,
  source: line,
});

const safetyRule = v.strictObject({
  item: name,
  /** The answers that raise the flag, whatever the score. */
  answers: v.pipe(v.array(value), v.minLength(1)),
  why: line,
  /** A study may only ask this where somebody answers: it names a safety contact and the time until they do. */
  needsContact: v.optional(v.boolean()),
});

const licence = v.strictObject({
  terms: line,
  /** The file beside the instrument's, where its text is under a licence of its own. */
  file: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]+$/, 'Name a file in the same folder.'))),
  holder: v.optional(line),
  /** As a publisher that sells uses one by one gives them. */
  number: v.optional(line),
  seats: v.optional(v.pipe(v.number(), v.integer('Write a whole number.'), v.minValue(1))),
});

export const instrumentSchema = v.strictObject({
  id,
  /** Of this file: raised with every change of a text, an option or a rule. */
  version,
  title: words,
  /** `text`: with the kit. `structure`: items without words, which the site brings. `site`: the site's own file. */
  ship: v.picklist(['text', 'structure', 'site']),
  /** Those that every text is there in; none for a structure. */
  languages: v.pipe(v.array(language), v.maxLength(100)),
  citation: line,
  licence,
  /** How sure the wording is, and where it was compared. */
  wording: v.optional(line),
  /** What was changed in the wording: "patients for clients". Recorded with the answers. */
  variant: v.optional(line),
  /** The period the questions are about, where the instrument states one. */
  recall: v.optional(words),
  /** What the items complete or answer. */
  stem: v.optional(words),
  instructions: v.optional(words),
  optionSets: recordOf(name, v.pipe(v.array(option), v.minLength(2), v.maxLength(200))),
  items: v.pipe(v.array(item), v.minLength(1), v.maxLength(500)),
  subscales: v.pipe(v.array(subscale), v.minLength(1), v.maxLength(100)),
  /** What is done about items without an answer, in words, and whether that was published or is the kit's own. */
  missing: v.strictObject({ rule: line, basis: v.picklist(['published', 'kit']) }),
  bands: v.optional(v.pipe(v.array(band), v.minLength(1), v.maxLength(500))),
  /** `full`: the bands of a subscale name every score. `threshold`: only those beyond a threshold. */
  coverage: v.optional(v.picklist(['full', 'threshold'])),
  /** The bands are only a convention that the author does not share: nobody gets them unasked. */
  conventionalBands: v.optional(v.boolean()),
  safety: v.optional(v.pipe(v.array(safetyRule), v.minLength(1))),
  notes: v.optional(line),
});

/** The words that a site brings for an instrument of which the kit has only the structure. */
export const siteTextSchema = v.strictObject({
  /** The id of the instrument, and the version of it that these words were written for. */
  instrument: id,
  instrumentVersion: version,
  /** Of this file. */
  version,
  /** Whose permission the site has, in one line. Without it nothing is shown. */
  licence: line,
  languages: v.pipe(v.array(language), v.minLength(1), v.maxLength(100)),
  title: v.optional(words),
  variant: v.optional(line),
  recall: v.optional(words),
  stem: v.optional(words),
  instructions: v.optional(words),
  /** By item. */
  items: recordOf(name, words),
  /** By item, where the options are numbers alone. */
  anchors: v.optional(recordOf(name, anchors)),
  /** By option set, then by value. */
  options: recordOf(
    name,
    recordOf(v.pipe(v.string(), v.regex(/^-?\d+(\.\d+)?$/, 'Name the value it is for: "0".')), words),
  ),
});

/**
 * An instrument of which the kit has nothing: no item, no key. A site that holds a licence brings the whole definition,
 * which is held against this.
 */
export const stubSchema = v.strictObject({
  id,
  version,
  title: words,
  ship: v.literal('none'),
  languages: v.pipe(v.array(language), v.maxLength(0)),
  citation: line,
  licence,
  items: count,
  options: v.strictObject({ min: v.number(), max: v.number() }),
  subscales: v.array(
    v.strictObject({
      id: name,
      items: count,
      range: v.strictObject({ min: v.number(), max: v.number() }),
      higher: v.picklist(['better', 'worse']),
    }),
  ),
  missing: v.strictObject({ rule: line, basis: v.literal('published') }),
  notes: v.optional(line),
});

export type Words = Readonly<Record<string, string>>;
export type Option = v.InferOutput<typeof option>;
export type Item = v.InferOutput<typeof item>;
export type Subscale = v.InferOutput<typeof subscale>;
export type Band = v.InferOutput<typeof band>;
export type SafetyRule = v.InferOutput<typeof safetyRule>;
export type SiteText = v.InferOutput<typeof siteTextSchema>;
export type InstrumentStub = v.InferOutput<typeof stubSchema>;
export type Instrument = v.InferOutput<typeof instrumentSchema> & {
  /** Where a site brought the words: the line that says it may, and the version of its file. */
  readonly siteText?: { readonly licence: string; readonly version: string };
};
