/** How a database is opened from another process: by a function that a module exports, at an address. */
import assert from 'node:assert/strict';
import type { Store } from '../../../src/receiver/store/store.ts';

export interface Reach {
  /** As `import()` takes it. */
  readonly module: string;
  readonly name: string;
  readonly address: string;
}

export async function openStore({ module, name, address }: Reach): Promise<Store> {
  const exported: Readonly<Record<string, unknown>> = await import(module);
  const open = exported[name];
  assert(typeof open === 'function', `${module} exports no function ${name}`);
  return open(address);
}
