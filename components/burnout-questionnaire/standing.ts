import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import type { Me } from '../../src/submission/participation.ts';
import { type Asked, type Which, whichQuestionnaire } from './which-questionnaire.ts';

/** What the page asks for, and who is here. */
export interface Enquiry {
  readonly study: QuestionnaireStudy;
  readonly assessment: string;
  readonly instrument: string;
  readonly isSignedIn: boolean;
  readonly me: Me | undefined;
}

/** Owns what is asked of whoever is here, or why nothing is, by what the endpoint has said of them last. */
export class Standing {
  #which: Which | undefined;
  #known: Me | undefined;

  /** Undefined until it is known. */
  get which(): Which | undefined {
    return this.#which;
  }

  /** @param begun the assessment that was begun here before @throws SteadyError for what the study does not have */
  decide({ study, ...enquiry }: Enquiry, begun: string | undefined): Which {
    this.#known = enquiry.me;
    this.#which = whichQuestionnaire(study, { ...enquiry, begun });
    return this.#which;
  }

  /** Whether the endpoint has said something since. */
  isNews(known: Me | undefined): boolean {
    return this.#which !== undefined && known !== undefined && known !== this.#known;
  }

  /**
   * What is being answered goes on all the same: only what comes after it may be another.
   *
   * @returns whether something else is asked now, or nothing any more
   */
  update({ study, ...enquiry }: Enquiry): boolean {
    this.#known = enquiry.me;
    const { asked, next } = whichQuestionnaire(study, { ...enquiry, begun: undefined });
    const isOther = idOf(asked) !== idOf(this.#which?.asked);
    this.#which = { ...this.#which, next, also: isOther ? asked : undefined };
    return isOther;
  }

  clear(): void {
    this.#which = undefined;
    this.#known = undefined;
  }
}

const idOf = (asked: Asked | undefined): string | undefined =>
  asked?.kind === 'assessment' ? asked.assessment.id : asked?.entry.id;
