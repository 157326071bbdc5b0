/** The screener as a test uses it. */
import '../../../components/eligibility-screener/eligibility-screener.define.ts';
import type { EligibilityScreener } from '../../../components/index.ts';
import { ElementDriver, type OpenElement, place } from './element-driver.ts';

export { clean, clearStage, stage } from './element-driver.ts';
export type OpenScreener = OpenElement;

export class ScreenerDriver extends ElementDriver<EligibilityScreener> {
  /** Puts a new one on the page. */
  static open(options: OpenScreener): ScreenerDriver {
    return new ScreenerDriver(place('steady-eligibility-screener', { study: 'quiet-hours', ...options }));
  }
}
