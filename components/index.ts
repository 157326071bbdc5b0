/** The kit's public face: classes without registering them, events and types. */

export { BurnoutQuestionnaire } from './burnout-questionnaire/burnout-questionnaire.ts';
export { ConsentForm } from './consent-form/consent-form.ts';
export type { Reauthenticate, ReauthenticationRequest } from './consent-form/desk.ts';
export type { DraftsMode } from './element/drafts/drafts.ts';
export type { ElementState } from './element/element-state.ts';
export type { Theme } from './element/theme-controller.ts';
export { EligibilityScreener } from './eligibility-screener/eligibility-screener.ts';
export { AssessmentChosenEvent } from './events/assessment-chosen-event.ts';
export { StateChangedEvent } from './events/state-changed-event.ts';
export { SteadyErrorEvent } from './events/steady-error-event.ts';
export { SubmissionChangedEvent } from './events/submission-changed-event.ts';
export type { Catalogue, MessageKey, Words } from './locales/catalogue.ts';
export { registerCatalogue } from './locales/load-catalogue.ts';
export { ScreenerLink } from './screener-link/screener-link.ts';
export type { Plan } from './session-tracker/course.ts';
export { SessionTracker } from './session-tracker/session-tracker.ts';
export { StudyProvider } from './study/study.ts';
