import type { Answers } from '../../study/answers.ts';
import type { FormDefinition } from '../../study/form-definition.ts';
import { elementsOf } from '../../study/form-walk.ts';
import { STUDY_CHAIN } from '../audit.ts';
import type { Desk } from '../desk.ts';
import { type NewFlag, raiseFlag } from '../flags.ts';
import type { Key } from '../keys.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * Whether somebody may have been screened twice: flagged for a person to look at, never merged, and never told to whoever
 * sent it. Two contacts are compared by keyed hashes of their addresses and numbers, so that the table of these says
 * nothing by itself.
 */

/** Shorter numbers are house phones and typing errors. */
const SHORTEST_NUMBER = 7;
/** Of a longer number the end: with and without the country's code it is the same one. */
const TELLING_DIGITS = 10;

type Contact = { readonly study: string; readonly id: string; readonly screeningIdHash: string };

/** Notices addresses and numbers that a contact for another screening has given before. */
export async function noticeContact(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode'>,
  contact: Contact,
  { form, answers, at }: { form: FormDefinition; answers: Answers; at: string },
): Promise<void> {
  const { study, id, screeningIdHash } = contact;
  const traits = traitsOf(form, answers);
  const known = traits.flatMap((trait) => desk.keys.all.map((key) => fingerprint(key, study, trait)));
  const before = (await tx.fingerprints(study, known)).filter((row) => row.screeningIdHash !== screeningIdHash);
  for (const trait of traits) {
    await tx.addFingerprint({
      study,
      fingerprint: fingerprint(desk.keys.current, study, trait),
      contact: id,
      screeningIdHash,
    });
  }
  const others = [...new Set(before.map((row) => row.contact))];
  if (others.length > 0) await raise(tx, desk, { study, kind: 'repeat-contact', subjects: [id, ...others], at });
}

/** Raises a flag: a participant was screened before. */
export function noticeScreening(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode'>,
  {
    study,
    participant,
    screenings,
    at,
  }: { study: string; participant: string; screenings: readonly string[]; at: string },
): Promise<void> {
  return raise(tx, desk, { study, kind: 'repeat-screening', subjects: [participant, ...screenings], at });
}

/** Told in the study's own chain: whom it is about may be two. */
function raise(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode'>,
  flag: Omit<NewFlag, 'event' | 'chain'>,
): Promise<void> {
  return raiseFlag(tx, desk, { ...flag, event: 'repeat-noticed', chain: STUDY_CHAIN });
}

function fingerprint(key: Key, study: string, trait: string): string {
  return key.mac('contact', JSON.stringify([study, trait]));
}

/** What a person would be known by, as it is whatever way it was written. */
export function traitsOf(form: FormDefinition, answers: Answers): string[] {
  const traits = [...elementsOf(form)].flatMap(({ element }) => {
    if (element.type !== 'text' || !Object.hasOwn(answers, element.name)) return [];
    const answer = answers[element.name];
    const trait = typeof answer === 'string' ? traitOf(element.inputType, answer) : undefined;
    return trait === undefined ? [] : [trait];
  });
  return [...new Set(traits)];
}

function traitOf(inputType: string | undefined, answer: string): string | undefined {
  if (inputType === 'email') {
    // What stands behind a + is the reader's own sorting.
    const [, local, domain] = /^([^@+]+)[^@]*@(.+)$/.exec(answer.normalize('NFKC').trim().toLowerCase()) ?? [];
    return local === undefined || domain === undefined ? undefined : `mailto:${local}@${domain}`;
  }
  if (inputType !== 'tel') return undefined;
  const digits = answer.normalize('NFKC').replaceAll(/\D/g, '');
  return digits.length < SHORTEST_NUMBER ? undefined : `tel:${digits.slice(-TELLING_DIGITS)}`;
}
