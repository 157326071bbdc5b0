/** What the oldest browsers that the kit serves can do, by MDN's compatibility data. */
import { createRequire } from 'node:module';
import type { CompatData, CompatStatement, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data';

/** The floor: Safari 16.4, Firefox 140 ESR, Chrome 111; with them what shares their engines. */
export const floor = {
  chrome: '111',
  chrome_android: '111',
  edge: '111',
  firefox: '140',
  safari: '16.4',
  safari_ios: '16.4',
} as const;

type FloorBrowser = keyof typeof floor;
const floorBrowsers = Object.keys(floor) as FloorBrowser[];

// Required, not imported: the file is 15 MB of JSON, and an import would keep a second copy of its text.
export const compatibilityData: CompatData = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** A node of the data by its path, as `css.properties.color`; undefined where there is none. */
export function compatNode(path: readonly string[]): Identifier | undefined {
  let node: unknown = compatibilityData;
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node as Identifier;
}

export const compatOf = (...path: string[]): CompatStatement | undefined => compatNode(path)?.__compat;

/**
 * The browsers of the floor that lack a feature; empty where all have it.
 *
 * @param prefixes vendor prefixes under which the feature is written as well, as `-webkit-`
 */
export function lackedBy(compat: CompatStatement, prefixes: ReadonlySet<string> = new Set()): FloorBrowser[] {
  return floorBrowsers.filter((browser) => {
    const statements = [compat.support[browser] ?? []].flat();
    return !statements.some((statement) => isThere(statement, floor[browser], prefixes));
  });
}

/** Whether the data knows the feature at this path, and some browser of the floor lacks it. */
export function isLacked(path: readonly string[]): boolean {
  const compat = compatOf(...path);
  return compat !== undefined && lackedBy(compat).length > 0;
}

function isThere(statement: SimpleSupportStatement, version: string, prefixes: ReadonlySet<string>): boolean {
  const { alternative_name: otherName, flags, prefix, version_added: added, version_removed: removed } = statement;
  if (typeof added !== 'string' || added === 'preview' || flags !== undefined || otherName !== undefined) return false;
  if (prefix !== undefined && !prefixes.has(prefix)) return false;
  return compareVersions(added, version) <= 0 && (removed === undefined || compareVersions(removed, version) > 0);
}

/** `≤79` means: at least since 79. */
function compareVersions(a: string, b: string): number {
  const parts = (version: string): number[] => version.replace('≤', '').split('.').map(Number);
  const [left, right] = [parts(a), parts(b)];
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `safari 16.4 lacks it`, for a problem's text. */
export const lacking = (browsers: readonly FloorBrowser[]): string =>
  `not in ${browsers.map((browser) => `${browser} ${floor[browser]}`).join(', ')}`;

/** Something the floor may lack, by its path in the data. */
export type Lack = { readonly feature: string; readonly place: string; readonly detail: string };
