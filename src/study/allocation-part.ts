import * as v from 'valibot';
import { basisSchema } from './assessments-part.ts';
import { durationSchema } from './duration.ts';
import { recordOf } from './record.ts';
import { idSchema } from './schema.ts';

/**
 * The study file's `allocation`: how participants, or whole sites, come to their arms. Never part of the public study:
 * whoever knows the sizes of blocks can guess who is next.
 */

/** Where people are put who lack the source of a stratum, unless the study names one of its groups or bands. */
export const OWN_STRATUM = 'own-stratum';

const whole = 'Give a whole number.';
const share = v.pipe(v.number(), v.integer(whole), v.minValue(1), v.maxValue(100));

/** How many each arm gets for how many of the others, by arm. */
const ratioSchema = recordOf(idSchema, share);

/** Numbers from `atLeast` to `atMost`, both included; without one of them, however small or large. */
const band = v.strictObject({ id: idSchema, atLeast: v.optional(v.number()), atMost: v.optional(v.number()) });
const bands = v.pipe(v.array(band), v.minLength(1), v.maxLength(50));

const group = v.strictObject({
  id: idSchema,
  anyOf: v.pipe(v.array(v.union([v.string(), v.number(), v.boolean()])), v.minLength(1)),
});
const groups = v.pipe(v.array(group), v.minLength(1), v.maxLength(50));

const source = v.pipe(
  v.string(),
  v.regex(
    /^(screening\..+|site|site\.organisation|site\.size)$/,
    'Name a question of the screening, as "screening.role", or "site", "site.organisation" or "site.size".',
  ),
);
const stratum = v.union([
  source,
  v.strictObject({
    source,
    /** Of a number. */
    bands: v.optional(bands),
    /** Of choices; without it each is a stratum. */
    groups: v.optional(groups),
    /** `own-stratum`, or the group or band that a person without an answer is put into. */
    absent: v.optional(idSchema),
  }),
]);

const ofSite = v.pipe(v.string(), v.regex(/^(organisation|size)$/, 'Use "organisation" or "size".'));
const siteStratum = v.union([ofSite, v.strictObject({ source: ofSite, bands: v.optional(bands) })]);

const phase = v.strictObject({
  /** How many sites it has. */
  sites: v.pipe(v.number(), v.integer(whole), v.minValue(1), v.maxValue(10_000)),
  /** How long it lasts. */
  duration: durationSchema,
});

const participantAllocation = v.strictObject({
  unit: v.literal('participant'),
  /** The assessment whose receipt allocates. */
  after: idSchema,
  ratio: ratioSchema,
  /** The sizes that a block can have, each with the same chance: multiples of the ratio's sum. */
  blocks: v.pipe(
    v.array(v.pipe(v.number(), v.integer(whole), v.minValue(2), v.maxValue(200))),
    v.minLength(2, 'List two sizes or more: of blocks that are all alike, whoever counts knows the last places.'),
    v.maxLength(10),
  ),
  strata: v.optional(v.pipe(v.array(stratum), v.maxLength(5))),
  basis: v.optional(basisSchema),
});

const siteAllocation = v.strictObject({
  unit: v.literal('site'),
  /** The assessment whose receipt settles which site a participant belongs to. */
  after: idSchema,
  /** In the order in which they start. */
  phases: v.pipe(v.array(phase), v.minLength(1), v.maxLength(20)),
  ratio: ratioSchema,
  strata: v.optional(v.pipe(v.array(siteStratum), v.maxLength(2))),
  basis: v.optional(basisSchema),
});

export const allocationSchema = v.variant('unit', [participantAllocation, siteAllocation]);

export type Allocation = v.InferOutput<typeof allocationSchema>;
export type ParticipantAllocation = v.InferOutput<typeof participantAllocation>;
export type SiteAllocation = v.InferOutput<typeof siteAllocation>;
export type Band = v.InferOutput<typeof band>;
export type Group = v.InferOutput<typeof group>;
/** As it is written in full. */
export interface Stratum {
  readonly source: string;
  readonly bands?: readonly Band[] | undefined;
  readonly groups?: readonly Group[] | undefined;
  readonly absent?: string | undefined;
}

/** Strata as they are written in full, where the file names the source alone. */
export function strataOf({ strata = [] }: Allocation): readonly Stratum[] {
  return strata.map((one) => (typeof one === 'string' ? { source: one } : one));
}

/** The band that a number is in; undefined where it is in none. */
export function bandOf(bands: readonly Band[], value: number): Band | undefined {
  return bands.find(({ atLeast = -Infinity, atMost = Infinity }) => atLeast <= value && value <= atMost);
}
