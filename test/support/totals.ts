/**
 * How many tests passed, failed and were skipped: counted by each runner's reporter, written to a file, added up by
 * test/run.ts. A step that leaves no such file counts as failed.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Totals = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** The variable that tells a reporter where to write. */
export const totalsVariable = 'STEADY_TOTALS';

export const noTotals: Totals = { passed: 0, failed: 0, skipped: 0 };

export function addTotals(a: Totals, b: Totals): Totals {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Writes to the file that STEADY_TOTALS names; without it (a run by hand) nothing is written. */
export function writeTotals(totals: Totals, file: string | undefined = process.env[totalsVariable]): void {
  if (file === undefined || file === '') return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(totals));
}

/** @returns undefined where the file is missing, damaged or counts nothing */
export function readTotals(file: string): Totals | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { passed, failed, skipped } = content as Record<string, unknown>;
  const isCount = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0;
  return isCount(passed) && isCount(failed) && isCount(skipped) ? { passed, failed, skipped } : undefined;
}

export function forgetTotals(file: string): void {
  rmSync(file, { force: true });
}

/**
 * What a runner's exit and its totals say together.
 *
 * @returns the totals, with one failure added where the run cannot be trusted, and the reason for that
 */
export function judgeRun(exitCode: number | null, totals: Totals | undefined): { totals: Totals; reason?: string } {
  const failedOnce = (counted: Totals): Totals => ({ ...counted, failed: counted.failed + 1 });
  if (totals === undefined) return { totals: failedOnce(noTotals), reason: 'it left no totals' };
  if (totals.passed + totals.failed === 0) return { totals: failedOnce(totals), reason: 'it ran no test at all' };
  if (exitCode !== 0 && totals.failed === 0)
    return { totals: failedOnce(totals), reason: `it ended with ${exitCode ?? 'a signal'}, though no test failed` };
  return { totals };
}
