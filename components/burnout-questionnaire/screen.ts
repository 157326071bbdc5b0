import type { TemplateResult } from 'lit';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { EntrySummary } from '../../src/delivery/outbox.ts';
import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import type { SteadyError } from '../../src/study/steady-error.ts';
import type { Kept } from '../element/drafts/drafts.ts';
import type { ElementState } from '../element/element-state.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { FormView } from '../form-view/form-view.ts';
import type { Course } from './course.ts';
import type { Sitting } from './sitting.ts';
import type { Which } from './which-questionnaire.ts';

export type Notice = 'draft-older' | 'draft-other-words' | 'draft-damaged' | 'unsent';

/** Everything that a template may know. */
export interface Screen {
  readonly state: ElementState;
  readonly study: QuestionnaireStudy | undefined;
  readonly failure: SteadyError | undefined;
  /** What is asked, or why nothing is; undefined until that is known. */
  readonly which: Which | undefined;
  readonly sitting: Sitting | undefined;
  /** Its first form is still on its way to the view. */
  readonly between: boolean;
  readonly view: FormView;
  readonly locale: LocaleController;
  readonly notice: Notice | undefined;
  readonly kept: Kept | undefined;
  /** A screen of the session that stands in the place of all others. */
  readonly cover: TemplateResult | undefined;
  /** The session's quiet choices, once they are fetched. */
  readonly footing: TemplateResult | undefined;
  readonly shared: boolean;
  readonly busy: boolean;
  readonly mode: 'live' | 'test';
  readonly earlier: readonly EntrySummary[];
  readonly delivery: DeliveryState | undefined;
  readonly deliveredAt: Date | undefined;
  /** The participant's own scores over time, once they are fetched. */
  readonly course: Course | undefined;
  /** What comes after the first page, once it is fetched. */
  readonly later: typeof import('./after-first-page.ts') | undefined;
  readonly act: Actions;
}

export interface Actions {
  readonly next: () => void;
  readonly back: () => void;
  readonly reload: () => void;
  readonly askForCode: () => void;
  readonly sendAgain: (id: string) => void;
  readonly download: (id: string) => void;
}
