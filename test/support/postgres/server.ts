/** A PostgreSQL server for as long as somebody needs it, kept by a program of its own (keeper.ts). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { KeeperOptions, Kept } from './keeper.ts';

const KEEPER = fileURLToPath(new URL('keeper.ts', import.meta.url));

export interface PostgresServer extends Kept {
  /** Ends it, and waits until it has left nothing behind. Whoever does not call this leaves nothing behind either. */
  stop(): Promise<void>;
}

/** @throws Error where there is none for this machine, or it does not start, with what it said */
export async function startPostgres(options: KeeperOptions = { isDurable: false }): Promise<PostgresServer> {
  const child = spawn(process.execPath, [KEEPER, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Whoever ends this process with its group leaves the keeper to clean up.
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = once(child, 'close');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    closed.then(() => undefined),
  ]);
  if (line === undefined) throw new Error(`There is no PostgreSQL to test with: ${said}`);
  // It is no reason for this process to go on.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
  return {
    ...(JSON.parse(String(line[0])) as Kept),
    async stop() {
      child.ref();
      child.stdin.end();
      await closed;
    },
  };
}
