import { setTimeout as delay } from 'node:timers/promises';
import { dayOf } from '../days.ts';
import type { Desk } from '../desk.ts';
import type { Logger } from '../log.ts';
import type { KnownStudy } from '../served-study.ts';
import { inPages } from '../store/in-pages.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { dueFor } from './due.ts';

/**
 * Tells a study's webhook of assessments that have become due, and of those that are overdue: each once, however many
 * receivers look, and however often they are started. Who looks first writes that down in the transaction that queues the event.
 */

export interface SweeperOptions {
  /** The studies that have a webhook: of the others nobody would hear of it. */
  readonly studies: readonly KnownStudy[];
  readonly desk: Pick<Desk, 'store' | 'mode' | 'now' | 'queueEvent'>;
  readonly logger: Logger;
  /** From one look to the next, in milliseconds. */
  readonly every: number;
  /** Called before a study is looked at; what it returns, when that has ended. */
  readonly watch: () => () => void;
  /** Ends after so many milliseconds, or with the signal: then it rejects. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface Sweeper {
  /** Looks at every participant once. @returns how many events were queued */
  sweep(): Promise<number>;
  /** Looks now and from time to time. */
  start(): void;
  stop(): Promise<void>;
}

/** Participants in one transaction. */
const AT_ONCE = 50;

export function createSweeper(options: SweeperOptions): Sweeper {
  const { studies, desk, logger, every, watch, sleep = usualSleep } = options;
  const asking = studies.filter(({ current }) => current.study.assessments !== undefined);
  const stopping = new AbortController();
  let running: Promise<void> | undefined;

  async function sweepStudy(known: KnownStudy): Promise<number> {
    const { id } = known.current.study;
    const told = await inPages(desk.store, {
      limit: AT_ONCE,
      read: (tx, page) => tx.participants(id, page),
      work: async (tx, row) => (row.mode === desk.mode ? remind(tx, desk, known, row) : 0),
      goesOn: () => !stopping.signal.aborted,
    });
    return told.reduce((sum, one) => sum + one, 0);
  }

  async function sweep(): Promise<number> {
    let queued = 0;
    for (const known of asking) {
      const ended = watch();
      try {
        queued += await sweepStudy(known);
      } finally {
        ended();
      }
    }
    return queued;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sweep().catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        logger.error({ code }, 'looking for what is due failed');
      });
      await sleep(every, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
    }
  }

  return {
    sweep,
    start() {
      if (asking.length > 0) running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function remind(
  tx: StoreTransaction,
  { mode, now, queueEvent }: SweeperOptions['desk'],
  { current: { study } }: KnownStudy,
  row: ParticipantRow,
): Promise<number> {
  const time = now();
  const at = time.toISOString();
  const due = (await dueFor(tx, study, row, dayOf(time, study))).filter(({ state }) => state !== 'open');
  let told = 0;
  for (const { participant, site, assessment, state, due: day } of due) {
    for (const kind of state === 'overdue' ? (['due', 'overdue'] as const) : (['due'] as const)) {
      if (!(await tx.addNotice({ study: study.id, participant, assessment, kind, day, noticedAt: at }))) continue;
      const event = { study: study.id, type: `assessment-${kind}`, participant, assessment, day, at, mode } as const;
      await queueEvent(tx, { ...event, ...(site !== null && { site }) });
      told += 1;
    }
  }
  return told;
}

function usualSleep(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal, ref: false });
}
