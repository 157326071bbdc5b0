/** The steps of `npm test`, in order: quick and general first, browsers last. */
import type { Check } from './checks/check.ts';
import { floorCheck } from './checks/floor.ts';
import { hygieneCheck } from './checks/hygiene.ts';
import { importCheck } from './checks/imports.ts';
import { manifestCheck } from './checks/manifest.ts';
import { packageCheck } from './checks/package.ts';
import { sizeCheck } from './checks/sizes.ts';
import { withheldCheck } from './checks/withheld.ts';

export type Step = {
  readonly name: string;
  /** Steps without whose success this one would only repeat their failure. */
  readonly needs?: readonly string[];
} & (
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'check'; readonly check: Check }
  /** A runner whose reporter writes totals. */
  | { readonly kind: 'tests'; readonly command: string }
);

const check = (module: Check, ...needs: string[]): Step => ({ name: module.name, kind: 'check', check: module, needs });

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
  { name: 'node', kind: 'tests', command: 'npm run test:node --silent' },
  { name: 'browser', kind: 'tests', command: 'npm run test:browser --silent', needs: ['browsers'] },
  {
    name: 'integration',
    kind: 'tests',
    command: 'npm run test:integration --silent',
    needs: ['browsers', 'build'],
  },
];
