import * as v from 'valibot';
import { recordOf } from './record.ts';
import { idSchema } from './schema.ts';

/**
 * What a person does with a consent document, as it travels and as it is signed: choices, attempts at the comprehension
 * checks, the signature, and the events that led there. Shape and size only; whether it suffices is the consent room's.
 */

/** UTC, by the clock of whoever wrote it. */
export const instantSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);

/** No document has more of anything: sections, checks, choices. */
const MOST_ANSWERS = 100;
const MOST_ATTEMPTS = 100;
const MOST_EVENTS = 1_500;
/** A signature that took minutes to draw stays below it. */
const MOST_COORDINATES = 10_000;
const MOST_STROKES = 200;

const few = <Value>(value: v.GenericSchema<unknown, Value>) =>
  v.pipe(
    recordOf(idSchema, value),
    v.check((record) => Object.keys(record).length <= MOST_ANSWERS),
  );

/** The option chosen, by choice. What was not chosen has no key. */
export const choicesSchema = few(idSchema);

/** Every option given, by check, in order: the last is the one that counts. */
export const checksSchema = few(v.pipe(v.array(idSchema), v.minLength(1), v.maxLength(MOST_ATTEMPTS)));

const at = instantSchema;

export const consentEventSchema = v.variant('type', [
  v.strictObject({ type: v.literal('opened'), at }),
  v.strictObject({ type: v.literal('section-viewed'), at, section: idSchema }),
  v.strictObject({ type: v.literal('check-answered'), at, check: idSchema, value: idSchema }),
  v.strictObject({ type: v.literal('choice-changed'), at, choice: idSchema, value: idSchema }),
  /** "I have a question": from then on nothing is signed until `question-settled`. What it was is never recorded. */
  v.strictObject({ type: v.literal('question-asked'), at }),
  v.strictObject({ type: v.literal('question-settled'), at }),
  v.strictObject({ type: v.literal('copy-taken'), at }),
  v.strictObject({ type: v.literal('signed'), at }),
  v.strictObject({ type: v.literal('declined'), at }),
  v.strictObject({ type: v.literal('deferred'), at }),
  v.strictObject({ type: v.literal('paper'), at }),
]);

export const eventsSchema = v.pipe(v.array(consentEventSchema), v.maxLength(MOST_EVENTS));

const extent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
const coordinate = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000));

/** A signature as a person makes it. Both ways have the same standing. */
export const markSchema = v.variant('method', [
  v.strictObject({ method: v.literal('typed'), text: v.pipe(v.string(), v.maxLength(200)) }),
  v.strictObject({
    method: v.literal('drawn'),
    /** The extent of the pad, in the unit of the strokes. */
    width: extent,
    height: extent,
    /** Each stroke as x, y, x, y …, from the pad's upper left corner: it can be drawn again at any size. */
    strokes: v.pipe(
      v.array(
        v.pipe(
          v.array(coordinate),
          v.check((stroke) => stroke.length % 2 === 0),
        ),
      ),
      v.maxLength(MOST_STROKES),
      v.check((strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= MOST_COORDINATES),
    ),
  }),
]);

/** The signature block: 21 CFR 11.50 asks for the printed name, the time and the meaning. */
export const signatureSchema = v.strictObject({
  /** The printed name. */
  name: v.pipe(v.string(), v.maxLength(200)),
  role: v.picklist(['participant', 'representative']),
  /** By what a representative may sign: "parent", "court order". */
  authority: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** The words beside the signature, in the language of the document. */
  meaning: v.pipe(v.string(), v.maxLength(2_000)),
  mark: markSchema,
  /** By the browser's clock; the receiver keeps its own beside it. */
  signedAt: instantSchema,
  /** IANA name of the browser's time zone. */
  timeZone: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Under an authorization that is signed apart from the consent. */
  authorization: v.optional(v.strictObject({ mark: markSchema, signedAt: instantSchema })),
  /** "I have received a copy of these rights", with its time by the browser's clock. */
  rightsReceivedAt: v.optional(instantSchema),
});

/** A reading that was interrupted, as it may be kept anywhere: neither a name nor a signature is in it. */
export const consentDraftSchema = v.strictObject({
  version: v.pipe(v.string(), v.maxLength(20)),
  language: v.pipe(v.string(), v.maxLength(35)),
  /** Of the document that was read. */
  documentDigest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  events: eventsSchema,
});

export const outcomeSchema = v.picklist(['signed', 'declined', 'deferred', 'paper']);

export type Choices = Readonly<v.InferOutput<typeof choicesSchema>>;
export type Checks = Readonly<v.InferOutput<typeof checksSchema>>;
export type ConsentEvent = Readonly<v.InferOutput<typeof consentEventSchema>>;
export type ConsentDraft = v.InferOutput<typeof consentDraftSchema>;
export type Mark = v.InferOutput<typeof markSchema>;
export type Signature = v.InferOutput<typeof signatureSchema>;
export type Outcome = v.InferOutput<typeof outcomeSchema>;
