import * as v from 'valibot';

/**
 * What staff are told about recruiters' links, as far as a page reads it: more may stand there. The receiver's own schemas
 * are stricter.
 */

/** Where a count of people was too small to be told, `<5` stands in its place. */
const toldCount = v.union([v.number(), v.string()]);

export const linkSchema = v.object({
  /** Eight characters: see `link-code.ts`. */
  code: v.string(),
  channel: v.string(),
  language: v.string(),
  site: v.optional(v.string()),
  createdAt: v.string(),
  /** From then on its page says that it has ended. */
  expiresAt: v.optional(v.string()),
  state: v.picklist(['open', 'expired']),
  counts: v.optional(v.object({ opened: toldCount, completed: toldCount, eligible: toldCount, consented: toldCount })),
});

/** `GET /links`. */
export const linksSchema = v.object({ links: v.array(linkSchema), next: v.nullable(v.string()) });

/** `GET /staff/me`. */
export const staffMeSchema = v.object({
  name: v.string(),
  role: v.string(),
  /** Only of these sites; absent: of all. */
  sites: v.optional(v.array(v.string())),
  expiresAt: v.string(),
});

/** `GET /recruitment`. */
export const recruitmentSchema = v.object({
  recruitment: v.string(),
  sites: v.array(v.object({ site: v.string(), recruitment: v.string() })),
});

export type Link = v.InferOutput<typeof linkSchema>;
export type LinkCounts = NonNullable<Link['counts']>;
export type LinksPage = v.InferOutput<typeof linksSchema>;
export type StaffMe = v.InferOutput<typeof staffMeSchema>;
export type Recruitment = v.InferOutput<typeof recruitmentSchema>;

/** `POST /links`. */
export interface NewLink {
  readonly site?: string;
  readonly channel: string;
  readonly language: string;
  /** An instant, UTC. */
  readonly expiresAt?: string;
}
