import { openStore } from '../../../../src/delivery/open-store.ts';
import { createOutbox } from '../../../../src/delivery/outbox.ts';

/** What the page in tab.html hands to the test that opened it: the room as loaded in that page's own realm. */
const room = { createOutbox, openStore };
export type Room = typeof room;

Object.assign(window, { room });
