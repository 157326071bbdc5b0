import { choiceStyles } from '../styles/choice.styles.ts';
import { formStyles } from '../styles/form.styles.ts';
import { lineStyles } from '../styles/line.styles.ts';
import { noticeStyles } from '../styles/notice.styles.ts';
import { problemStyles } from '../styles/problems.styles.ts';
import { sessionScreenStyles } from './session-screen.styles.ts';

/** What the tracker needs once its overview is drawn: one file, fetched while that is being looked at. */

export { absences } from './course.ts';
export { notices, overviewActions, stageScreen, waiting } from './later-screens.ts';
export { TrackerDesk } from './tracker-desk.ts';

export const styles = [formStyles, noticeStyles, problemStyles, lineStyles, choiceStyles, sessionScreenStyles];
