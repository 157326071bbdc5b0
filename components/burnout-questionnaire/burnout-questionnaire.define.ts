import { define } from '../element/define.ts';
import { BurnoutQuestionnaire } from './burnout-questionnaire.ts';

define('steady-burnout-questionnaire', BurnoutQuestionnaire);
