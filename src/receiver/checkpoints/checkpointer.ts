import { setTimeout as delay } from 'node:timers/promises';
import type { Desk } from '../desk.ts';
import type { Logger } from '../log.ts';
import { writeCheckpoint } from './checkpoint.ts';

/** Writes checkpoints from time to time, while the receiver runs. */
export interface Checkpointer {
  start(): void;
  stop(): Promise<void>;
}

export interface CheckpointerOptions {
  /** By id. */
  readonly studies: readonly string[];
  readonly desk: Pick<Desk, 'store' | 'recordKeys' | 'mode' | 'now'>;
  readonly logger: Logger;
  readonly folder: string;
  /** From one to the next, in milliseconds. */
  readonly every: number;
  /** Ends after so many milliseconds, or with the signal: then it rejects. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export function createCheckpointer(options: CheckpointerOptions): Checkpointer {
  const { studies, desk, logger, folder, every, sleep = usualSleep } = options;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const study of studies) {
        await writeCheckpoint(desk, { study, mode: desk.mode, folder }).catch((error: unknown) => {
          const code = error instanceof Error && 'code' in error ? error.code : undefined;
          logger.error({ study, code }, 'no checkpoint could be written');
        });
      }
      await sleep(every, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function usualSleep(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal, ref: false });
}
