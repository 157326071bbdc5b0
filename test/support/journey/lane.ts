/**
 * One lane of journeys: a process that runs every journey in one browser, one after another, so that the browser and the
 * usual stages are started once. Without a lane (a file run by hand) every browser is taken.
 */
import type { JourneyBrowserName } from './journey-browser.ts';

/** Names the lane of a process. */
export const laneVariable = 'STEADY_LANE';

/** `several`: journeys that take more than one browser, or one in a state of its own. */
export type Lane = JourneyBrowserName | 'several';

export const lanes: readonly Lane[] = ['chromium', 'firefox', 'webkit', 'several'];

/** Whether this process takes the journeys of that lane. */
export function isInLane(lane: Lane): boolean {
  const chosen = process.env[laneVariable] ?? '';
  return chosen === '' || chosen === lane;
}
