import type { Invitee } from '../receiver/participants/invitations.ts';
import { list } from '../study/wording.ts';
import { tableFrom } from './table.ts';

/** Whom a table of people to invite names. */

/** Somebody to invite, and the team's own word for them, which is printed again and kept nowhere. */
export interface LabelledInvitee extends Invitee {
  readonly label: string;
}

const TABLE = { columns: ['label', 'site', 'check'], none: 'nobody', each: 'person' } as const;

/**
 * @param sites of the study
 * @throws FileError naming the file, the line and what to mend
 */
export function inviteesFrom(text: string, file: string, sites: readonly string[]): LabelledInvitee[] {
  return tableFrom(text, file, TABLE).map(({ cell, wrong }) => {
    const [label, site, check] = [cell('label'), cell('site'), cell('check')];
    if (site && !sites.includes(site)) throw wrong(`names the site "${site}". ${siteFix(sites)}`);
    return { label, ...(site && { site }), ...(check && { check }) };
  });
}

function siteFix(sites: readonly string[]): string {
  return sites.length === 0
    ? 'The study, in its newest file, has no sites: leave the column out.'
    : `The study, in its newest file, has ${list(sites, 'and')}.`;
}
