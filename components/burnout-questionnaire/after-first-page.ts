import { noticeStyles } from '../styles/notice.styles.ts';
import { outcomesStyles } from './outcomes.styles.ts';

/** What the questionnaire needs once its first page is drawn: one file, fetched while that page is being read. */

export { endState } from '../element/delivery-note.ts';
export { ownCourse } from './course.ts';
export { Desk } from './desk.ts';
export { minutesLeft } from './minutes-left.ts';
export { instead, waiting } from './outcomes.ts';
export { sittingSubmission } from './sitting-submission.ts';
export { formData } from './study-form.ts';
export { support } from './support.ts';
export const styles = [noticeStyles, outcomesStyles];
