/**
 * The steps of `npm test`, in order: quick and general ones first, then tests, those that take longest first. Tests that do
 * without the build begin beside it.
 */

import { blindedCheck } from './checks/blinded.ts';
import type { Check } from './checks/check.ts';
import { floorCheck } from './checks/floor.ts';
import { hygieneCheck } from './checks/hygiene.ts';
import { importCheck } from './checks/imports.ts';
import { manifestCheck } from './checks/manifest.ts';
import { packageCheck } from './checks/package.ts';
import { sizeCheck } from './checks/sizes.ts';
import { withheldCheck } from './checks/withheld.ts';
import { lanes, laneVariable } from './support/journey/lane.ts';

export type Step = {
  readonly name: string;
  /** Steps without whose success this one would only repeat their failure. */
  readonly needs?: readonly string[];
} & (
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'check'; readonly check: Check }
  /** A runner whose reporter writes totals. Several run side by side. */
  | { readonly kind: 'tests'; readonly command: string; readonly env?: Readonly<Record<string, string>> }
);

const check = (module: Check, ...needs: string[]): Step => ({ name: module.name, kind: 'check', check: module, needs });

const inBrowser = (browser: string): Step => ({
  name: `elements in ${browser}`,
  kind: 'tests',
  command: 'npm run test:browser --silent',
  env: { STEADY_BROWSER: browser },
  needs: ['browsers'],
});

const journeysIn = (lane: string): Step => ({
  name: `journeys, ${lane}`,
  kind: 'tests',
  command: `npm run test:integration --silent -- --lane ${lane}`,
  env: { [laneVariable]: lane },
  needs: ['browsers', 'build'],
});

const domain = [
  ...['study', 'form', 'screening', 'consent', 'instruments', 'schedule'],
  ...['allocation', 'submission', 'delivery'],
].map((room) => `test/${room}`);

const without = (folders: readonly string[]): string => folders.map((folder) => `--without ${folder}`).join(' ');

export const steps: readonly Step[] = [
  { name: 'biome', kind: 'command', command: 'biome check --error-on-warnings --reporter=summary' },
  { name: 'types', kind: 'command', command: 'tsc -b' },
  check(importCheck),
  check(hygieneCheck),
  check(withheldCheck),
  { name: 'build', kind: 'command', command: 'npm run build --silent', needs: ['types'] },
  check(sizeCheck, 'build'),
  check(floorCheck, 'build'),
  check(manifestCheck, 'build'),
  check(packageCheck, 'build'),
  check(blindedCheck, 'build'),
  ...(['firefox', 'chromium'] as const).map(inBrowser),
  {
    name: 'receiver',
    kind: 'tests',
    command: 'npm run test:node --silent -- test/receiver',
    // It serves the built kit's pages.
    needs: ['build'],
  },
  {
    name: 'the rest',
    kind: 'tests',
    command: `npm run test:node --silent -- ${without([...domain, 'test/receiver'])}`,
    needs: ['build'],
  },
  ...lanes.map(journeysIn),
  { name: 'domain', kind: 'tests', command: `npm run test:node --silent -- ${domain.join(' ')}` },
];
