import { choiceStyles } from '../styles/choice.styles.ts';
import { furtherChoiceStyles } from '../styles/further-choice.styles.ts';
import { lineStyles } from '../styles/line.styles.ts';
import { noticeStyles } from '../styles/notice.styles.ts';
import { problemStyles } from '../styles/problems.styles.ts';
import { decisionStyles } from './decision.styles.ts';

/** What the consent form needs once its first section is drawn: one file, fetched while that section is being read. */

export { endState } from '../element/delivery-note.ts';
export { choiceFields, placeScreen, questionPanel } from './decision-screens.ts';
export { Desk } from './desk.ts';
export { notYet, stageScreen, waiting } from './outcome-screens.ts';
export { Signing } from './signing.ts';

export const styles = [noticeStyles, problemStyles, lineStyles, choiceStyles, furtherChoiceStyles, decisionStyles];
