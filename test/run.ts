/**
 * `npm test`: everything that can be checked without a person, in one run, ending with `N passed, N failed` alone on a
 * line. Each check counts as one test. A step is left out only where the step it builds on has failed.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { repositoryRoot, runCheck } from './checks/check.ts';
import { type Step, steps } from './steps.ts';
import { browserNames, variableOf } from './support/browsers.ts';
import { requireBrowser } from './support/install-browsers.ts';
import { type Ended, runCommand } from './support/run-command.ts';
import { addTotals, judgeRun, noTotals, readTotals, type Totals, totalsVariable } from './support/totals.ts';
import { findWebkit, tryInstallWebkit } from './support/webkit.ts';

const results = join(repositoryRoot, 'test-results');
const environment: Record<string, string | undefined> = {
  ...process.env,
  // Run by hand, without npm: the pinned node and the local tools come first all the same.
  PATH: [join(repositoryRoot, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};

type Result = { readonly totals: Totals; readonly isGood: boolean };

const passed: Totals = { ...noTotals, passed: 1 };
const failed: Totals = { ...noTotals, failed: 1 };

/** Milliseconds that one step may take before it counts as hanging: much more than it takes on a machine that is busy. */
const limit = 12 * 60_000;

const run = (command: string, variables: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runCommand(command, {
    cwd: repositoryRoot,
    env: { ...environment, ...variables },
    stop: AbortSignal.timeout(limit),
  });

async function perform(step: Step): Promise<Result> {
  switch (step.kind) {
    case 'command': {
      const { code, isStopped, output } = await run(step.command);
      if (isStopped) say('ended by force: it took too long');
      if (code !== 0) say(firstLines(output.trim()));
      return code === 0 ? { totals: passed, isGood: true } : { totals: failed, isGood: false };
    }
    case 'check': {
      const { checked, notes = [], problems } = await runCheck(step.check, repositoryRoot);
      for (const line of [...notes, ...problems]) say(line);
      if (problems.length === 0) say(`looked at ${checked}`);
      return problems.length === 0 ? { totals: passed, isGood: true } : { totals: failed, isGood: false };
    }
    case 'tests': {
      const file = join(results, `${step.name}.json`);
      const { code, isStopped, output } = await run(step.command, { ...step.env, [totalsVariable]: file });
      process.stdout.write(output);
      if (isStopped) say('ended by force: it took too long');
      const { totals, reason } = judgeRun(code, readTotals(file));
      if (reason !== undefined) say(`counted as failed: ${reason}`);
      return { totals, isGood: totals.failed === 0 };
    }
  }
}

/** A failed tool may say the same of a hundred files; whoever mends it runs it alone. */
function firstLines(text: string, most = 80): string {
  const lines = text.split('\n');
  const rest = lines.length - most;
  return rest <= 0 ? text : [...lines.slice(0, most), `... and ${rest} lines more`].join('\n');
}

const say = (text: string): void => console.log(text.replace(/^/gm, '  '));

/** The browsers are found, or installed, before anything else: a run without them would prove nothing. */
async function prepareBrowsers(): Promise<Result> {
  try {
    for (const name of browserNames) {
      const path = await requireBrowser(name);
      environment[variableOf(name)] = path;
      say(`${name}: ${path}`);
    }
    tryInstallWebkit();
    const webkit = findWebkit();
    say(typeof webkit === 'string' ? `webkit, optional: ${webkit}` : `webkit: ${webkit.browser}`);
    return { totals: noTotals, isGood: true };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { totals: failed, isGood: false };
  }
}

/** Side by side two more than there are cores: each spends a good part of its time waiting for a browser, a disk or a clock. */
const sideBySide = Math.max(4, availableParallelism() + 2);

type Work = { readonly take: (step: Step) => Promise<void>; readonly isReady: (step: Step) => boolean };

/** In order, several side by side: whoever is free takes the first step that waits for nothing any more. */
async function takeAll(all: readonly Step[], { take, isReady }: Work): Promise<void> {
  const waiting = [...all];
  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const next = running.size < sideBySide ? waiting.findIndex(isReady) : -1;
    const [step] = next < 0 ? [] : waiting.splice(next, 1);
    if (step !== undefined) {
      const taking = take(step).finally(() => running.delete(taking));
      running.add(taking);
    } else if (running.size > 0) await Promise.race(running);
    else throw new Error(`Nothing goes before ${waiting.map(({ name }) => name).join(', ')}.`);
  }
}

async function main(): Promise<void> {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const good = new Set<string>();
  let totals = noTotals;
  const time = async (name: string, work: () => Promise<Result>): Promise<void> => {
    console.log(`${name}`);
    const start = performance.now();
    const result = await work().catch((error: unknown): Result => {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { totals: failed, isGood: false };
    });
    totals = addTotals(totals, result.totals);
    if (result.isGood) good.add(name);
    console.log(`  ${name}: ${result.isGood ? 'ok' : 'FAILED'} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  };
  const ended = new Set<string>();
  const take = async (step: Step): Promise<void> => {
    const missing = (step.needs ?? []).filter((name) => !good.has(name));
    if (missing.length === 0) await time(step.name, () => perform(step));
    else console.log(`${step.name}\n  not run: ${missing.join(' and ')} failed`);
    ended.add(step.name);
  };
  await time('browsers', prepareBrowsers);
  ended.add('browsers');
  await takeAll(steps, { take, isReady: ({ needs = [] }) => needs.every((name) => ended.has(name)) });
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
  process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

await main();
