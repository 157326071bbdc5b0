import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const;

/** In a `describe`: fails each test during which something was printed. Answers must never get into a log. */
export function keepConsoleSilent(): void {
  const originals = METHODS.map((method) => [method, console[method]] as const);
  let printed: unknown[][] = [];
  beforeEach(() => {
    printed = [];
    for (const method of METHODS) console[method] = (...what: unknown[]) => void printed.push([method, ...what]);
  });
  afterEach(() => {
    for (const [method, original] of originals) console[method] = original;
    assert.deepEqual(printed, []);
  });
}
