import type { TemplateResult } from 'lit';
import type { DocumentCheck, DocumentChoice } from '../../src/consent/document.ts';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { EntrySummary } from '../../src/delivery/outbox.ts';
import type { ConsentStudy } from '../../src/study/consent-part.ts';
import type { SteadyError } from '../../src/study/steady-error.ts';
import type { Me, MyConsent } from '../../src/submission/participation.ts';
import type { Kept } from '../element/drafts/drafts.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { Notice, Panel } from './consent-visit.ts';
import type { Reading } from './reading.ts';
import type { Signing } from './signing.ts';
import type { Stage } from './stage.ts';

/** Everything that the screens are drawn from: plain values, and what can be done. */
export interface Screen {
  readonly study: ConsentStudy | undefined;
  readonly failure: SteadyError | undefined;
  /** What the endpoint said last is next for them. */
  readonly next: Me['next'] | undefined;
  readonly locale: LocaleController;
  readonly reading: Reading | undefined;
  /** No version of the document is in use yet. */
  readonly isClosed: boolean;
  readonly stage: Stage;
  readonly panel: Panel | undefined;
  readonly notice: Notice | undefined;
  readonly kept: Kept | undefined;
  readonly mode: 'live' | 'test';
  /** A screen of the session that stands in the place of all others. */
  readonly cover: TemplateResult | undefined;
  readonly footing: TemplateResult | undefined;
  /** Who is signed in may decide; anybody may read. */
  readonly signedIn: boolean;
  /** Where they stand, by the endpoint; undefined while it is not known. */
  readonly standing: MyConsent | undefined;
  /** Whether the study asks for their decision now, or something else comes before it. */
  readonly isAsked: boolean;
  /** A shared computer: the browser must not offer what others typed. */
  readonly shared: boolean;
  readonly busy: boolean;
  readonly signing: Signing | undefined;
  /** Of what was handed in last. */
  readonly delivery: DeliveryState | undefined;
  readonly earlier: readonly EntrySummary[];
  /** What comes after the first section, once it is fetched. */
  readonly later: typeof import('./after-first-section.ts') | undefined;
  readonly act: Actions;
}

/** What a participant can do, as the element does it. */
export interface Actions {
  go(place: string): void;
  goToSection(id: string): void;
  next(): void;
  back(): void;
  toggle(panel: Panel): void;
  answer(check: DocumentCheck, value: string): void;
  choose(choice: DocumentChoice, value: string): void;
  ask(): void;
  settle(): void;
  stage(stage: Stage): void;
  sign(): void;
  leave(outcome: 'declined' | 'deferred' | 'paper'): void;
  withdraw(): void;
  /** After a refused signature: it is thrown away, and the document read as it stands now. */
  readAgain(): void;
  sendAgain(id: string): void;
  download(id: string): void;
  /** A record as it is kept, or as a document to keep. */
  take(record: string, as: 'record' | 'pdf'): void;
  /** Shows a signed record, word for word. */
  showRecord(record: string): void;
  reload(): void;
  /** Something in the signature block has changed. */
  changed(): void;
  askForCode(): void;
}
