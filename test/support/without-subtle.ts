import assert from 'node:assert/strict';

/** Runs `work` as on a page over plain http: random numbers, and nothing more of cryptography. */
export async function withoutSubtle<Result>(work: () => Promise<Result>): Promise<Result> {
  const crypto = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  assert.ok(crypto);
  const getRandomValues = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: { getRandomValues } });
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, 'crypto', crypto);
  }
}
