import type { Finding } from '../study/finding.ts';
import { list, show } from '../study/wording.ts';
import { lintInstrument, noSuch } from './lint.ts';
import { readAs, readJson, refuse } from './parse-instrument.ts';
import { type Instrument, type SiteText, siteTextSchema, type Words } from './schema.ts';
import { structureOf } from './structure.ts';

/**
 * The words of an instrument, where the kit has no right to them: a site that has brings them in a file of its own, at
 * run time, from its own origin. Nothing here keeps or logs them.
 */

/**
 * A structure with a site's words. A text instrument takes them too: a published translation, or a variant.
 *
 * @param text the content of the site's file
 * @param file its name or address, for the messages
 * @returns the instrument in the site's languages alone; ids, options and rules are the structure's
 * @throws InstrumentError without a licence line, for words that are missing, and for words that fit no item or option
 */
export function withSiteText(structure: Instrument, text: string, file: string): Instrument {
  const json = readJson(text, file);
  const site = readAs(siteTextSchema, json, file, FORM);
  refuse(misfits(structure, site), file);
  const { anchors = {}, instructions, languages, licence, options, recall, stem, title, variant, version } = site;
  const { recall: _, ...wordless } = structureOf(structure);
  const merged: Instrument = {
    ...wordless,
    title: title ?? inLanguages(structure.title, languages),
    ...worded('recall', recall ?? (structure.recall && inLanguages(structure.recall, languages))),
    ...worded('stem', stem),
    ...worded('instructions', instructions),
    ...(variant && { variant }),
    ship: 'site',
    languages,
    siteText: { licence, version },
    items: wordless.items.map((item) => ({
      ...item,
      ...worded('text', own(site.items, item.id)),
      ...worded('anchors', own(anchors, item.id)),
    })),
    optionSets: Object.fromEntries(
      Object.entries(wordless.optionSets).map(([id, set]) => [
        id,
        set.map(({ value }) => ({ value, ...worded('text', own(own(options, id) ?? {}, String(value))) })),
      ]),
    ),
  };
  refuse(atSite(lintInstrument(merged), merged), file);
  return merged;
}

const FORM = 'A file of words is one object: { "instrument": …, "licence": …, "items": { … }, "options": { … } }.';

function worded<Key extends string, Value>(key: Key, value: Value | undefined): { [one in Key]?: Value } {
  const part: { [one in Key]?: Value } = {};
  if (value !== undefined) part[key] = value;
  return part;
}

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The kit's own words of an instrument, its name and its period: as far as the site's languages go. */
const inLanguages = (words: Words, languages: readonly string[]): Words =>
  Object.fromEntries(Object.entries(words).filter(([language]) => languages.includes(language)));

function misfits(structure: Instrument, site: SiteText): Finding[] {
  if (site.instrument !== structure.id) {
    return [
      {
        path: ['instrument'],
        message: `is ${show(site.instrument)}, not ${show(structure.id)}.`,
        fix: 'Take the file of that instrument.',
      },
    ];
  }
  if (site.instrumentVersion !== structure.version) {
    return [
      {
        path: ['instrumentVersion'],
        message: `is ${show(site.instrumentVersion)}, but the structure is ${show(structure.version)}.`,
        fix: 'Compare the words with that version, then write its number.',
      },
    ];
  }
  const items = structure.items.map(({ id }) => id);
  const sets = Object.keys(structure.optionSets);
  return [
    ...(['stem', 'instructions'] as const)
      .filter((part) => structure[part] !== undefined && site[part] === undefined)
      .map((part) => ({
        path: [part],
        message: 'is missing.',
        fix: `Add it: the items of ${structure.id} are read with it.`,
      })),
    ...(['items', 'anchors'] as const).flatMap((part) =>
      Object.keys(site[part] ?? {}).flatMap((id) =>
        items.includes(id) ? [] : [noSuch([part, id], id, 'an item', items, structure.id)],
      ),
    ),
    ...Object.entries(site.options).flatMap(([id, set]) => {
      if (!sets.includes(id)) return [noSuch(['options', id], id, 'an option set', sets, structure.id)];
      const values = structure.optionSets[id]?.map(({ value }) => String(value)) ?? [];
      return Object.keys(set).flatMap((value): Finding[] =>
        values.includes(value)
          ? []
          : [{ path: ['options', id, value], message: 'is no value of these options.', fix: `Use ${list(values)}.` }],
      );
    }),
    ...sets.flatMap((id) => unnamed(id, structure, site)),
  ];
}

/** Each scale's two ends need words, at the options or at each of its items: numbers alone say nothing. */
function unnamed(id: string, structure: Instrument, { anchors = {}, options }: SiteText): Finding[] {
  const answering = structure.items.filter((item) => item.options === id);
  if (answering.every((item) => Object.hasOwn(anchors, item.id))) return [];
  const values = structure.optionSets[id]?.map(({ value }) => value) ?? [];
  const ends = [Math.min(...values), Math.max(...values)];
  return ends
    .filter((value) => !Object.hasOwn(options[id] ?? {}, String(value)))
    .map((value) => ({
      path: ['options', id, String(value)],
      message: 'is missing.',
      fix: 'Add what this answer is called: without it nobody knows which end is which.',
    }));
}

/** What the lint finds in the merged instrument stands, in the site's file, by name and not by number. */
function atSite(findings: readonly Finding[], { items, optionSets }: Instrument): Finding[] {
  return findings.map(({ path, ...finding }) => {
    const [part, key, ...rest] = path;
    if (part === 'items' && typeof key === 'number') {
      const [of, ...place] = rest;
      return { ...finding, path: [of === 'anchors' ? of : part, items[key]?.id ?? key, ...place] };
    }
    if (part === 'optionSets' && typeof key === 'string') {
      const [index, , ...language] = rest;
      const value = optionSets[key]?.[Number(index)]?.value;
      return { ...finding, path: ['options', key, String(value), ...language] };
    }
    return { ...finding, path };
  });
}
