import type { Outbox, OutboxOptions } from '../../../../src/delivery/outbox.ts';
import type { Room } from './tab.ts';

/** A second page of this origin, in a frame: its own realm, connection, channel and locks, as another tab has them. */
export interface Tab {
  readonly outbox: Outbox;
  /** Takes the page away as a browser does when a tab is closed or crashes: nothing in it runs any more. */
  close(): void;
}

/** @param database the name of the database that the tabs of a test share. */
export async function openTab(database: string, options: Omit<OutboxOptions, 'store'>): Promise<Tab> {
  const frame = document.createElement('iframe');
  frame.src = new URL('./tab.html', import.meta.url).href;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  // A page has loaded when its modules have run.
  await loaded;
  const page = frame.contentWindow as (Window & { readonly room: Room }) | null;
  if (!page) throw new Error('The frame has no page.');
  const { createOutbox, openStore } = page.room;
  const store = openStore({ name: database, storage: undefined });
  return { outbox: createOutbox({ store, locks: page.navigator.locks, ...options }), close: () => frame.remove() };
}
