import type { PlacedSite } from '../allocation/sites.ts';
import { levelOf, type SourceValue, stratumName } from '../allocation/strata.ts';
import type { KeptAllocation } from '../receiver/allocation/kept-allocation.ts';
import { type Stratum, strataOf } from '../study/allocation-part.ts';
import type { Site } from '../study/schema.ts';
import { nearest } from '../study/wording.ts';
import { type TableLine, tableFrom } from './table.ts';

/** Which sites a table names for a draw, and which stratum each is in: by the study file, and by what the table adds. */

const TABLE = {
  columns: ['site', 'organisation', 'size'],
  required: ['site'],
  none: 'no site',
  each: 'site',
} as const;

type Line = TableLine<(typeof TABLE.columns)[number]>;

/**
 * @returns what places the sites, once the study is at hand; it throws FileError naming the file, the line and what to mend
 * @throws FileError
 */
export function sitesFrom(text: string, file: string): (kept: KeptAllocation) => PlacedSite[] {
  const lines = tableFrom(text, file, TABLE);
  return ({ sites, allocation }) => {
    const strata = strataOf(allocation);
    const named = new Set<string>();
    return lines.map((line) => {
      const id = line.cell('site');
      const site = sites.find((one) => one.id === id);
      if (site === undefined) throw line.wrong(`names the site "${id}". ${siteFix(id, sites)}`);
      if (named.has(id)) throw line.wrong(`names the site "${id}" again. Name each once.`);
      named.add(id);
      const values = strata.map((stratum) => [stratum.source, saidOf(line, stratum, site)] as const);
      return { site: id, stratum: stratumName(strata, new Map(values)) };
    });
  };
}

function siteFix(id: string, sites: readonly Site[]): string {
  const meant = nearest(
    id,
    sites.map((site) => site.id),
  );
  const hint = meant === undefined ? 'Add it there, or' : `Did you mean "${meant}"? Otherwise`;
  return `The study, in its newest file, has none with this id. ${hint} remove the line.`;
}

/** What the table says, else the study file. Both may, if they say the same stratum. */
function saidOf(line: Line, stratum: Stratum, site: Site): SourceValue {
  const source = stratum.source === 'size' ? 'size' : 'organisation';
  const told = line.cell(source);
  const given = told === '' ? undefined : source === 'size' && /^\d+(\.\d+)?$/.test(told) ? Number(told) : told;
  const known = site[source];
  const value = given ?? known;
  if (value === undefined) {
    throw line.wrong(`does not say the ${source} of "${site.id}", nor does the study file. Add it to either.`);
  }
  const level = levelOf(stratum, value);
  if (level === undefined) {
    throw line.wrong(`has the ${source} ${JSON.stringify(value)}, which is in none of the study’s bands. Correct it.`);
  }
  if (known !== undefined && levelOf(stratum, known) !== level) {
    throw line.wrong(
      `has the ${source} ${JSON.stringify(given)} for "${site.id}", the study file ${JSON.stringify(known)}. Correct one of them.`,
    );
  }
  return value;
}
