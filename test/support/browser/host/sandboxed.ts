import { ScreenerDriver } from '../screener-driver.ts';

/** What happened in a frame that has no origin, and so no storage of any kind. */
export interface SandboxReport {
  readonly saved: string;
  readonly kept: string;
  readonly end: string;
}

/** Goes through the sample study in this page by itself: nobody outside can reach into a frame without an origin. */
async function visit(endpoint: string): Promise<SandboxReport> {
  const screener = ScreenerDriver.open({ endpoint });
  await screener.untilHeading('Your work');
  screener.choose('Office');
  await screener.until('what is said of saving', () => screener.root.querySelector('.second .meta') !== null);
  const saved = screener.text;
  screener.press('Next');
  await screener.untilHeading('Your time');
  screener.type('How many hours a week?', '12');
  screener.press('Send my answers');
  await screener.untilState('kept');
  const kept = screener.text;
  // The test lets the endpoint answer again at this word.
  const again = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
  parent.postMessage('kept', '*');
  await again;
  screener.press('Send again');
  await screener.untilState('sent');
  return { saved, kept, end: screener.text };
}

const endpoint = new URLSearchParams(location.search).get('endpoint') ?? '';
visit(endpoint).then(
  (report) => parent.postMessage(report, '*'),
  (error) => parent.postMessage(String(error), '*'),
);
