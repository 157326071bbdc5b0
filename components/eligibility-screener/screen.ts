import type { TemplateResult } from 'lit';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { EntrySummary } from '../../src/delivery/outbox.ts';
import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import type { SteadyError } from '../../src/study/steady-error.ts';
import type { Kept } from '../element/drafts/drafts.ts';
import type { ElementState } from '../element/element-state.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { FormView } from '../form-view/form-view.ts';
import type { ScreeningVisit } from './screening-visit.ts';

export type Notice = 'draft-older' | 'draft-damaged' | 'unsent';

export interface Screen {
  readonly state: ElementState;
  readonly study: ScreeningStudy | undefined;
  readonly failure: SteadyError | undefined;
  readonly visit: ScreeningVisit | undefined;
  readonly view: FormView;
  /** The visit's first form is still on its way to the view. */
  readonly between: boolean;
  readonly locale: LocaleController;
  readonly notice: Notice | undefined;
  readonly kept: Kept | undefined;
  /** A screen of the session that stands in the place of all others. */
  readonly cover: TemplateResult | undefined;
  /** The session's quiet choices, once they are fetched. */
  readonly footing: TemplateResult | undefined;
  /** The way back of somebody who was just enrolled. */
  readonly afterEnrolment: TemplateResult | undefined;
  /** Nobody is signed in: what is sent bears no name. */
  readonly anonymous: boolean;
  /** A shared computer: others' answers are not offered. */
  readonly shared: boolean;
  readonly busy: boolean;
  readonly mode: 'live' | 'test';
  readonly earlier: readonly EntrySummary[];
  /** The submission whose delivery matters now, and how far it is. */
  readonly submission: string | undefined;
  readonly delivery: DeliveryState | undefined;
  readonly deliveredAt: Date | undefined;
  /** The open "about" part, once somebody asked for it. */
  readonly about: TemplateResult | undefined;
  readonly toggleAbout: () => void;
  readonly next: () => void;
  readonly back: () => void;
  readonly decline: () => void;
  readonly reload: () => void;
  readonly sendAgain: (id: string) => void;
  readonly download: (id: string) => void;
  /** The screens after the verdict, once they are fetched: always before the first verdict. */
  readonly endings: typeof import('./after-first-page.ts') | undefined;
}
