/**
 * What anyone may read of a study file. A list of what is public, not of what is private: a part that the file gains
 * later (arms, allocation) stays private until somebody decides otherwise here.
 */
const PUBLIC = [
  'id',
  'version',
  'title',
  'languages',
  'sponsor',
  'principalInvestigator',
  'registry',
  'irb',
  'recruitment',
  'timeZone',
  'contacts',
  'resources',
  'sites',
  'about',
  'screening',
  'consent',
  'assessments',
  'isolation',
] as const;

type Json = Readonly<Record<string, unknown>>;

/**
 * The public part of a study file, as it was written: texts are not normalised, so that an element reads it as it would
 * read the file. Contacts for safety alerts are the receiver's own and are left out.
 *
 * @param study the file's JSON, already known to be a valid study
 */
export function publicPart(study: Json): Record<string, unknown> {
  const part: Record<string, unknown> = {};
  for (const key of PUBLIC) {
    if (Object.hasOwn(study, key)) part[key] = key === 'contacts' ? publicContacts(study[key]) : study[key];
  }
  return part;
}

function publicContacts(contacts: unknown): unknown[] {
  return Array.isArray(contacts) ? contacts.filter((contact: Json) => contact.role !== 'safety') : [];
}
