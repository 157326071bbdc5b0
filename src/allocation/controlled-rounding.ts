import { AllocationError } from './allocation-error.ts';
import { below, type RandomBytes, shuffled } from './random.ts';

/**
 * How many of each stratum go to each share, where that does not come out even: unbiased controlled rounding in two
 * dimensions (Cox 1987, J Am Stat Assoc 82:520-524). Each cell is its exact part rounded up or down, and is expected to be
 * just that part; rows and columns add up.
 *
 * All in whole numbers: what is beyond the whole of a cell is counted in parts of one, `sum` of which are one.
 */

type Cell = readonly [row: number, column: number];

/**
 * @param sizes of the strata
 * @param shares whole numbers; of the whole, each is to get exactly its part
 * @returns by stratum, how many each share gets
 * @throws AllocationError `uneven` where the whole cannot be shared out so
 */
export function roundedShares(
  sizes: readonly number[],
  shares: readonly number[],
  random: RandomBytes,
): readonly (readonly number[])[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const whole = sizes.reduce((total, size) => total + size, 0);
  if (shares.some((share) => (whole * share) % sum !== 0)) {
    throw new AllocationError('uneven', `${whole} cannot be shared out as ${shares.join(' : ')}.`);
  }
  const parts = sizes.map((size) => shares.map((share) => size * share));
  // Which strata are rounded against each other is left to chance, too: not to the order of their names.
  const rows = shuffled([...sizes.keys()], random);
  for (let cycle = openCycle(parts, rows, sum); cycle !== undefined; cycle = openCycle(parts, rows, sum)) {
    roundOne(parts, cycle, sum, random);
  }
  return parts.map((row) => row.map((part) => part / sum));
}

/**
 * Moves parts around a cycle, every second cell up by as much as the others go down, until one is whole: one way or the
 * other, with chances that leave every cell's expectation as it was.
 */
function roundOne(parts: number[][], cycle: readonly Cell[], sum: number, random: RandomBytes): void {
  const beyond = cycle.map(([row, column]) => (parts[row]?.[column] ?? 0) % sum);
  const room = (parity: number) => Math.min(...beyond.map((part, at) => (at % 2 === parity ? sum - part : part)));
  const [up, down] = [room(0), room(1)];
  const isUp = below(up + down, random) < down;
  for (const [at, [row, column]] of cycle.entries()) {
    const cells = parts[row];
    if (cells === undefined) continue;
    const step = isUp ? up : -down;
    cells[column] = (cells[column] ?? 0) + (at % 2 === 0 ? step : -step);
  }
}

/**
 * Cells that are not whole and lead back to where they began, along a row and along a column in turn. There is one as
 * long as any cell is not whole: rows and columns add up to whole numbers, so none has just one such cell.
 */
function openCycle(parts: readonly (readonly number[])[], rows: readonly number[], sum: number): Cell[] | undefined {
  const isOpen = (row: number, column: number) => (parts[row]?.[column] ?? 0) % sum !== 0;
  const columns = [...(parts[0] ?? []).keys()];
  let row = rows.find((one) => columns.some((column) => isOpen(one, column)));
  if (row === undefined) return undefined;
  const path: Cell[] = [];
  const seenRows = new Map<number, number>();
  const seenColumns = new Map<number, number>();
  let column: number | undefined;
  for (;;) {
    const rowSeen = seenRows.get(row);
    if (rowSeen !== undefined) return path.slice(rowSeen);
    seenRows.set(row, path.length);
    const from: number | undefined = column;
    column = columns.find((one) => one !== from && isOpen(Number(row), one));
    if (column === undefined) throw new RangeError('A row has a single cell that is not whole.');
    path.push([row, column]);
    const columnSeen = seenColumns.get(column);
    if (columnSeen !== undefined) return path.slice(columnSeen);
    seenColumns.set(column, path.length);
    const here: number = row;
    const across: number = column;
    row = rows.find((one) => one !== here && isOpen(one, across));
    if (row === undefined) throw new RangeError('A column has a single cell that is not whole.');
    path.push([row, column]);
  }
}
