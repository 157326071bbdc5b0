import type { Invitee } from '../receiver/participants/invitations.ts';
import { list } from '../study/wording.ts';
import { CsvError, parseCsv } from './csv.ts';
import { FileError } from './read-text.ts';

/** Whom a table of people to invite names. */

/** Somebody to invite, and the team's own word for them, which is printed again and kept nowhere. */
export interface LabelledInvitee extends Invitee {
  readonly label: string;
}

const COLUMNS = ['label', 'site', 'check'] as const;
const LONGEST_CELL = 200;

/**
 * @param sites of the study
 * @throws FileError naming the file, the line and what to mend
 */
export function inviteesFrom(text: string, file: string, sites: readonly string[]): LabelledInvitee[] {
  const [head, ...rows] = parse(text, file);
  if (head === undefined) throw new FileError(`${file}: is empty. Its first line names its columns: label,site,check.`);
  const { cells: names } = head;
  for (const [index, name] of names.entries()) {
    if (!COLUMNS.some((one) => one === name)) {
      const hint = /[;\t]/.test(name) ? ' Put commas between columns.' : '';
      throw wrong(file, head.line, `has the column "${name}". It can have ${list(COLUMNS, 'and')}.${hint}`);
    }
    if (names.indexOf(name) !== index) throw wrong(file, head.line, `has the column "${name}" twice. Remove one.`);
  }
  if (rows.length === 0)
    throw new FileError(`${file}: names nobody. Write a line for each person under its first line.`);
  return rows.map(({ cells, line }) => {
    if (cells.length !== names.length) {
      const fix = 'Put " around a cell that has a comma in it.';
      throw wrong(file, line, `has ${cells.length} cells where the first line has ${names.length}. ${fix}`);
    }
    const cell = (name: string) => cells[names.indexOf(name)] ?? '';
    for (const name of names) {
      if (cell(name).length <= LONGEST_CELL) continue;
      throw wrong(file, line, `has a ${name} of ${cell(name).length} characters. Write at most ${LONGEST_CELL}.`);
    }
    const [label, site, check] = COLUMNS.map(cell);
    if (site && !sites.includes(site)) throw wrong(file, line, `names the site "${site}". ${siteFix(sites)}`);
    return { label: label ?? '', ...(site && { site }), ...(check && { check }) };
  });
}

function siteFix(sites: readonly string[]): string {
  return sites.length === 0
    ? 'The study, in its newest file, has no sites: leave the column out.'
    : `The study, in its newest file, has ${list(sites, 'and')}.`;
}

function parse(text: string, file: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw wrong(file, cause.line, `${cause.message}.`);
  }
}

function wrong(file: string, line: number, what: string): FileError {
  return new FileError(`${file}: line ${line}: ${what}`);
}
