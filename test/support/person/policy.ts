/** Whether a page's security policy had anything to say, from before its first script on. */
import type { JourneyBrowser } from '../journey/journey-browser.ts';

/** Call before the page is opened. */
export function watchPolicy(tab: JourneyBrowser): Promise<void> {
  return tab.beforePages(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { steadyViolations: violations });
    addEventListener('securitypolicyviolation', ({ blockedURI, sample, sourceFile, violatedDirective }) =>
      violations.push(`${violatedDirective} ${blockedURI} ${sample} ${sourceFile}`),
    );
  });
}

/** Violations that the page was told of, and those that only the console was; what else went wrong in it as well. */
export async function policyViolations(tab: JourneyBrowser): Promise<readonly string[]> {
  const told: readonly string[] = await tab.evaluate(() => Reflect.get(globalThis, 'steadyViolations'));
  // The browser asks a page without an icon for one all the same, and its policy has none.
  const isOfIcon = /favicon\.ico|Failed to load resource.*404/;
  return [...told, ...tab.complaints()].filter((words) => !isOfIcon.test(words));
}
