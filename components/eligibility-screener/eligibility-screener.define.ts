import { define } from '../element/define.ts';
import { EligibilityScreener } from './eligibility-screener.ts';

define('steady-eligibility-screener', EligibilityScreener);
