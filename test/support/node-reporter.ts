/**
 * Reporter of `node --test`: silent about what passes, whole about what fails and what is skipped, and the totals into a
 * file. A test file without a test counts as a failure: node itself would count it as passed.
 */
import { relative, resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import { laneVariable } from './journey/lane.ts';
import { type Totals, writeTotals } from './totals.ts';

type Told = {
  readonly file?: string | undefined;
  readonly entryFile?: string | undefined;
  readonly name: string;
  readonly testId: number;
  readonly parentId: number | undefined;
};

/** A test's name with those of the suites around it: the same test may run for several implementers. */
class Names {
  readonly #told = new Map<string, Told>();

  add(test: Told): void {
    this.#told.set(key(test, test.testId), test);
  }

  of(test: Told): string {
    const parent = this.#told.get(key(test, test.parentId));
    return parent === undefined ? test.name : `${this.of(parent)} > ${test.name}`;
  }
}

/** Numbers are given per process, which is per test file; a suite may be declared by a helper in another file. */
const key = (test: Told, id: number | undefined): string => `${startedFile(test)}#${id}`;

/** The test file of a test, whichever file declares it. */
const startedFile = ({ entryFile, file = '' }: Told): string => resolve(entryFile ?? file);

type Finished = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>;

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  /** What each file wrote: shown only where something in it failed. */
  const written = new Map<string, string>();
  const failedFiles = new Set<string>();
  const names = new Names();
  for await (const event of events) {
    switch (event.type) {
      case 'test:enqueue':
        names.add(event.data);
        break;
      case 'test:stdout':
      case 'test:stderr':
        written.set(resolve(event.data.file), (written.get(resolve(event.data.file)) ?? '') + event.data.message);
        break;
      case 'test:pass':
      case 'test:fail': {
        const outcome = judge(event);
        if (outcome !== 'suite') totals[outcome] += 1;
        if (outcome === 'failed') failedFiles.add(startedFile(event.data));
        if (outcome === 'failed' || outcome === 'skipped') yield describe(event, outcome, names.of(event.data));
        break;
      }
    }
  }
  for (const file of failedFiles) {
    const text = written.get(file)?.trim();
    if (text) yield `\n  written by ${relative('.', file)}:\n${indent(text)}\n`;
  }
  writeTotals(totals);
  yield summary(totals);
}

function judge(event: Finished): keyof Totals | 'suite' {
  const { data } = event;
  // A suite is a frame around tests; it counts where it fails by itself, in a hook, or is left out with all it holds.
  if (data.details.type === 'suite' && data.skip === undefined)
    return event.type === 'test:fail' && brokeItself(data.details) ? 'failed' : 'suite';
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped';
  if (event.type === 'test:fail') return 'failed';
  if (!isWholeFile(data)) return 'passed';
  // What is of another lane is not declared in this one.
  return process.env[laneVariable] === undefined ? 'failed' : 'suite';
}

function brokeItself(details: object): boolean {
  const error = 'error' in details ? details.error : undefined;
  return error instanceof Error && 'failureType' in error && error.failureType === 'hookFailed';
}

/** Node reports a file in which it found no test as one passed test of the file's name. */
function isWholeFile(data: Finished['data']): boolean {
  return data.nesting === 0 && data.file !== undefined && resolve(data.name) === data.file;
}

function describe(event: Finished, outcome: keyof Totals, name: string): string {
  const { data } = event;
  const place = data.file === undefined ? '' : `${relative('.', data.file)}:${data.line ?? 1}  `;
  if (outcome === 'skipped') {
    const reason = [data.skip, data.todo].find((given) => typeof given === 'string');
    return `  skipped  ${place}${name}${reason === undefined ? '' : `: ${reason}`}\n`;
  }
  return `  FAILED   ${place}${name}\n${indent(event.type === 'test:fail' ? explain(data.details) : 'holds no test')}\n`;
}

function explain(details: object): string {
  const error = 'error' in details ? details.error : undefined;
  // node wraps what the test threw.
  const thrown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (!(thrown instanceof Error)) return typeof thrown === 'string' ? thrown : inspect(thrown);
  const isForeign = (line: string): boolean => /^ +at .*\bnode:/.test(line);
  return (thrown.stack ?? thrown.message)
    .split('\n')
    .filter((line) => !isForeign(line))
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '           ');
}

function summary(totals: Totals): string {
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  return `  ${totals.passed} passed, ${totals.failed} failed${skipped}\n`;
}
