import type { ConsentSubmission } from './consent-submission.ts';
import type { QuestionnaireSubmission } from './questionnaire-submission.ts';
import type { Submission } from './submission.ts';

/** Whatever an element posts. Types alone: each end reads only the kinds that it knows how to judge. */
export type AnySubmission = Submission | ConsentSubmission | QuestionnaireSubmission;
export type SubmissionKind = AnySubmission['kind'];
