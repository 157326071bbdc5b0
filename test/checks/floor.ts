/**
 * Nothing newer than the floor reaches a browser: syntax, interfaces and members in the scripts of dist/embed, and the
 * CSS of components/. Exceptions, each with its reason, stand in floor/allowed.ts.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Check, fromRoot, type Outcome, runWhenMain } from './check.ts';
import { chunkName, readEmbed } from './embed.ts';
import { type Allowed, allowed } from './floor/allowed.ts';
import type { Lack } from './floor/compatibility.ts';
import { definedMembers, findScriptLacks, findSyntaxLacks } from './floor/scripts.ts';
import { findStyleLacks } from './floor/styles.ts';
import { writtenFiles } from './source-files.ts';

/** Chunks that hold one other library alone: it asks for itself what the browser can do, so only its syntax is read. */
const foreignChunks = new Set(['survey-core']);

export const floorCheck: Check = { name: 'floor', run: (root) => checkFloor(root) };

export async function checkFloor(root: string, exceptions: readonly Allowed[] = allowed): Promise<Outcome> {
  const scripts = [...readEmbed(root).files.values()];
  const own = scripts.filter(({ path }) => !foreignChunks.has(chunkName(path)));
  const defined = new Set(own.flatMap(({ text }) => [...definedMembers(text)]));
  const styles = await readStyles(root);
  const lacks = [
    ...scripts.flatMap(({ path, text }) =>
      foreignChunks.has(chunkName(path))
        ? findSyntaxLacks(`dist/embed/${path}`, text)
        : findScriptLacks(`dist/embed/${path}`, text, defined),
    ),
    ...styles.flatMap(({ css, path }) => (css === undefined ? [] : findStyleLacks(path, css))),
  ];
  const empty = styles.filter(({ css }) => css === undefined).map(({ path }) => `${path}: exports no styles`);
  const problems = [
    ...lacks.filter((lack) => !exceptions.some((exception) => covers(exception, lack))).map(describe),
    ...empty,
  ];
  for (const exception of exceptions)
    if (!lacks.some((lack) => covers(exception, lack)))
      problems.push(`test/checks/floor/allowed.ts: allows ${exception.feature}, which nothing uses`);
  // Half of the check on nothing is no check: the scripts and the styles must both be there.
  return { checked: scripts.length === 0 || styles.length === 0 ? 0 : scripts.length + styles.length, problems };
}

/** `css.properties.cursor.*` is every value of that property. */
const covers = ({ feature }: Allowed, lack: Lack): boolean =>
  feature.endsWith('.*') ? lack.feature.startsWith(feature.slice(0, -1)) : lack.feature === feature;

const describe = ({ detail, feature, place }: Lack): string => `${place}: ${detail} (${feature})`;

/** The CSS of every components/**\/*.styles.ts, taken from the module itself: templates are filled in then. */
async function readStyles(root: string): Promise<{ path: string; css: string | undefined }[]> {
  const folder = join(root, 'components');
  const paths = existsSync(folder) ? writtenFiles(folder).filter((path) => path.endsWith('.styles.ts')) : [];
  return await Promise.all(
    paths.map(async (path) => {
      const exported: Record<string, unknown> = await import(pathToFileURL(path).href);
      const texts = Object.values(exported).flatMap(cssTexts);
      return { path: fromRoot(root, path), css: texts.length === 0 ? undefined : texts.join('\n') };
    }),
  );
}

function cssTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(cssTexts);
  if (typeof value !== 'object' || value === null || !('cssText' in value)) return [];
  return typeof value.cssText === 'string' ? [value.cssText] : [];
}

await runWhenMain(floorCheck, import.meta.url);
