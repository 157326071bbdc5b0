import type { ConsentDocument } from '../../src/consent/document.ts';
import { type SignatureProblem, signatureProblems } from '../../src/consent/signature.ts';
import type { Mark, Signature } from '../../src/study/consent-answers.ts';
import { timeZone } from '../element/envelope.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { ShownProblem } from '../element/problem-summary.ts';
import type { MessageKey } from '../locales/catalogue.ts';

/** A drawn signature, as it is kept and drawn again at any size. */
export type Drawing = Omit<Extract<Mark, { method: 'drawn' }>, 'method'>;

/** One signature while it is being made: typed or drawn, and neither until somebody chooses. */
export interface MarkState {
  method: 'typed' | 'drawn' | undefined;
  text: string;
  drawing: Drawing | undefined;
}

const noMark = (): MarkState => ({ method: undefined, text: '', drawing: undefined });

/**
 * The signature block while it is filled in. In this page's memory alone: no draft holds a name or a stroke, and whoever
 * comes back signs anew.
 */
export class Signing {
  name = '';
  readonly mark = noMark();
  /** Under an authorization that is signed apart. */
  readonly authorization = noMark();
  /** When receiving the list of rights was acknowledged. */
  rightsReceivedAt: string | undefined;
  problems: readonly ShownProblem[] = [];

  /** The block as it would be signed now. */
  block(document: ConsentDocument, now: Date): Signature {
    const signedAt = now.toISOString();
    const { authorization, rightsReceipt, meaning } = document;
    return {
      name: this.name.trim().replace(/\s+/g, ' '),
      role: 'participant',
      meaning,
      mark: markOf(this.mark),
      signedAt,
      timeZone: timeZone(),
      ...(authorization === 'separate' && { authorization: { mark: markOf(this.authorization), signedAt } }),
      ...(rightsReceipt && this.rightsReceivedAt !== undefined && { rightsReceivedAt: this.rightsReceivedAt }),
    };
  }

  /** What the block lacks, in words. */
  check(document: ConsentDocument, locale: LocaleController): readonly ShownProblem[] {
    const found = signatureProblems(document, this.block(document, new Date()));
    this.problems = found.flatMap((problem) => {
      const words = PROBLEMS[problem];
      if (words === undefined) return [];
      const [control, name, sentence] = words;
      return [{ question: control, missing: true, control, name: locale.say(name), sentence: locale.say(sentence) }];
    });
    return this.problems;
  }

  /** A problem that is shown leaves as soon as it is mended; new ones wait for the next check. */
  mend(document: ConsentDocument, locale: LocaleController): void {
    if (this.problems.length === 0) return;
    const before = this.problems;
    const now = this.check(document, locale);
    this.problems = now.filter(({ control }) => before.some((old) => old.control === control));
  }

  problemAt(control: string): string | undefined {
    return this.problems.find((problem) => problem.control === control)?.sentence;
  }
}

/** What a participant can leave out, by the control that asks for it. The rest the element itself gets right. */
const PROBLEMS: Readonly<Partial<Record<SignatureProblem, readonly [string, MessageKey, MessageKey]>>> = {
  'name-missing': ['sign-name', 'sign-name', 'problem.sign-name'],
  'mark-missing': ['sign-mark', 'sign-mark', 'problem.sign-mark'],
  'authorization-missing': ['sign-authorization', 'sign-authorization', 'problem.sign-mark'],
  'rights-receipt-missing': ['sign-rights', 'sign-rights-name', 'problem.sign-rights'],
};

function markOf({ method, text, drawing }: MarkState): Mark {
  if (method === 'drawn' && drawing !== undefined) return { method, ...drawing };
  return { method: 'typed', text: method === 'typed' ? text.trim() : '' };
}
