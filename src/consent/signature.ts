import type { Mark, Signature } from '../study/consent-answers.ts';
import type { ConsentDocument } from './document.ts';

/** What a signature block lacks before it can stand under a document. */
export type SignatureProblem =
  /** No printed name: 21 CFR 11.50(a)(1). */
  | 'name-missing'
  /** Neither a typed nor a drawn signature. */
  | 'mark-missing'
  /** A representative, but not by what authority. */
  | 'authority-missing'
  /** Other words than those beside the signature: 21 CFR 11.50(a)(3). */
  | 'meaning-differs'
  /** The authorization is signed apart, and is not: 45 CFR 164.508(c)(1)(vi). */
  | 'authorization-missing'
  /** A signature under an authorization that is not asked for. */
  | 'authorization-unasked'
  /** The list of rights was not acknowledged: California H&S 24172. */
  | 'rights-receipt-missing'
  | 'rights-receipt-unasked';

export function signatureProblems(document: ConsentDocument, signature: Signature): readonly SignatureProblem[] {
  const { name, role, authority = '', meaning, mark, authorization, rightsReceivedAt } = signature;
  const separate = document.authorization === 'separate';
  const receipt = document.rightsReceipt === true;
  const problems: readonly (readonly [SignatureProblem, boolean])[] = [
    ['name-missing', !hasLetters(name)],
    ['mark-missing', !isMade(mark)],
    ['authority-missing', role === 'representative' && !hasLetters(authority)],
    ['meaning-differs', meaning !== document.meaning],
    ['authorization-missing', separate && (authorization === undefined || !isMade(authorization.mark))],
    ['authorization-unasked', !separate && authorization !== undefined],
    ['rights-receipt-missing', receipt && rightsReceivedAt === undefined],
    ['rights-receipt-unasked', !receipt && rightsReceivedAt !== undefined],
  ];
  return problems.flatMap(([problem, found]) => (found ? [problem] : []));
}

/** Whether a mark is one: letters, or a line that goes somewhere. A pad that was only touched is empty. */
export function isMade(mark: Mark): boolean {
  if (mark.method === 'typed') return hasLetters(mark.text);
  return mark.strokes.some((stroke) => stroke.some((value, index) => value !== stroke[index % 2]));
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}
