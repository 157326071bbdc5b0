import type { Study } from './schema.ts';

/** Why the day that something is counted from would never be known, and what to do about it. */
export interface NeverKnown {
  readonly why: string;
  readonly fix: string;
}

/**
 * Whether a receiver will ever record an anchor's day. A participant's allocation is one where participants are allocated
 * one by one; a site's start is one where whole sites are: the day on which its phase starts.
 *
 * @returns undefined where the day will be known
 */
export function neverKnown(anchor: string, { allocation }: Pick<Study, 'allocation'>): NeverKnown | undefined {
  if (anchor === 'allocation' && allocation === undefined) {
    return {
      why: 'the study has no "allocation": nobody is ever allocated.',
      fix: 'Add "allocation", or start from "consent".',
    };
  }
  if (anchor === 'allocation' && allocation?.unit === 'site') {
    return {
      why: 'the study allocates sites: there is no such day of a participant.',
      fix: 'Start from "site-start", or from "consent".',
    };
  }
  if (anchor === 'site-start' && allocation?.unit !== 'site') {
    return {
      why: 'the study does not allocate sites: no start of one is ever recorded.',
      fix: 'Add an "allocation" with "unit": "site", or start from "consent".',
    };
  }
  return undefined;
}
