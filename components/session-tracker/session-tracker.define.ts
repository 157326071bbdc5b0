import { define } from '../element/define.ts';
import { SessionTracker } from './session-tracker.ts';

define('steady-session-tracker', SessionTracker);
