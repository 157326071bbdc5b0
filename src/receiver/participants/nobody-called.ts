import { isParticipantCode } from '../export/coding.ts';

/** What to tell staff at the command line of an id that is nobody's. */
export function nobodyCalled(id: string, study: string): string {
  const hint = isParticipantCode(id)
    ? ' It is a code, as an export has for a participant. Write their id, as steady invite printed it.'
    : '';
  return `Nobody with the id ${id} takes part in "${study}".${hint}`;
}
