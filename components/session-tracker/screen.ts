import type { TemplateResult } from 'lit';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { EntrySummary } from '../../src/delivery/outbox.ts';
import type { SteadyError } from '../../src/study/steady-error.ts';
import { type Text, textIn } from '../../src/study/text.ts';
import type { TrackerStudy } from '../../src/study/tracker-part.ts';
import type { MySession, MySessions } from '../../src/submission/participation.ts';
import type { Kept } from '../element/drafts/drafts.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { Plan } from './course.ts';
import type { Homework } from './homework.ts';
import type { Stage } from './stage.ts';
import type { Reckoning } from './times.ts';

/** Everything that the screens are drawn from: plain values, and what can be done. */
export interface Screen {
  readonly study: TrackerStudy | undefined;
  readonly failure: SteadyError | undefined;
  readonly locale: LocaleController;
  readonly mode: 'live' | 'test';
  /** A screen of the session that stands in the place of all others. */
  readonly cover: TemplateResult | undefined;
  readonly footing: TemplateResult | undefined;
  /** Nobody is signed in, as far as this page knows. */
  readonly isAnonymous: boolean;
  /** A shared computer: the browser must not offer what others typed. */
  readonly shared: boolean;
  readonly plan: Plan | undefined;
  /** By the page: there is nobody to hand anything in to. */
  readonly isGiven: boolean;
  /** Whoever is signed in has a plan, and nobody could be asked for it. */
  readonly isUnreachable: boolean;
  readonly stage: Stage;
  readonly homework: Homework;
  readonly kept: Kept | undefined;
  readonly busy: boolean;
  /** The address of the page where questionnaires are answered. */
  readonly questionnaire: string | undefined;
  readonly reckoning: Reckoning;
  /** What has become of what was handed in last about a session; without one, about all of them. */
  readonly deliveryOf: (session?: string) => Delivery | undefined;
  readonly stateOf: (submission: string | undefined) => DeliveryState | undefined;
  readonly earlier: readonly EntrySummary[];
  /** What comes after the first screen, once it is fetched. */
  readonly later: typeof import('./after-overview.ts') | undefined;
  readonly act: Actions;
}

export interface Delivery {
  readonly submission: string;
  readonly state: DeliveryState | undefined;
  /** When this device learned that it had arrived. */
  readonly at: Date | undefined;
}

/** What a participant can do, as the element does it. */
export interface Actions {
  show(stage: Stage): void;
  /** On the way to a questionnaire: the page may take it over. */
  goToAssessment(event: Event, assessment: string): void;
  write(session: MySession, task: string, text: string): void;
  /** Somebody has finished with a text. */
  handInHomework(): void;
  sendAbsence(): void;
  sendNewTime(): void;
  confirmRecording(session: string): void;
  leaveSessions(): void;
  /** One session as a calendar file; without it, all that have a time. */
  takeCalendar(session?: string): void;
  makeFeed(): void;
  revokeFeed(): void;
  copyFeed(): void;
  sendAgain(id: string): void;
  download(id: string): void;
  reload(): void;
  askForCode(): void;
}

/** A text of the study's in the reader's language. */
export function wordsOf(text: Text, { study, locale }: Pick<Screen, 'study' | 'locale'>): string {
  return textIn(text, locale.language, study?.languages ?? []);
}

/** `Emotional Wellbeing session 3`; without its number where there is only one of the series. */
export function titleOf(session: MySession, sessions: MySessions | undefined, screen: Screen): string {
  const title = seriesTitle(session, screen);
  const isOnly = sessions?.plan.filter(({ series }) => series === session.series).length === 1;
  return isOnly ? title : screen.locale.say('tracker-numbered', { title, number: session.number });
}

export function seriesTitle({ title }: MySession, screen: Screen): string {
  return title === undefined ? screen.locale.say('tracker-session') : wordsOf(title, screen);
}

export function assessmentTitle(id: string, screen: Screen): string {
  const found = screen.study?.assessments?.find((one) => one.id === id);
  return found === undefined ? id : wordsOf(found.title, screen);
}
