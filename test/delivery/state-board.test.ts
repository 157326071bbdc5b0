import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import { StateBoard } from '../../src/delivery/state-board.ts';
import { sampleEntry } from '../suites/support/sample-entry.ts';

async function board() {
  const told: DeliveryState[] = [];
  const states = new StateBoard(
    () => true,
    () => {},
  );
  states.subscribe((_id, state) => told.push(state));
  return { states, told, entry: { ...(await sampleEntry()), durable: true } };
}

describe('the state of an entry', () => {
  it('stays delivered, whatever older reading arrives late', async () => {
    const { states, told, entry } = await board();
    states.show(entry);
    states.deliver(entry.id, undefined);
    states.show(entry);
    assert.equal(states.state(entry.id).status, 'delivered');
    assert.deepEqual(states.entries, []);
    states.forget(entry.id);
    assert.equal(states.state(entry.id).status, 'delivered');
    assert.deepEqual(
      told.map(({ status }) => status),
      ['queued', 'delivered'],
    );
  });

  it('is told once, not at every reading', async () => {
    const { states, told, entry } = await board();
    states.show(entry);
    states.show({ ...entry });
    states.refresh();
    assert.equal(told.length, 1);
  });

  it('changes with that of the entry before it', async () => {
    const { states, entry } = await board();
    const contact = { ...(await sampleEntry({ after: entry.id })), durable: true };
    states.show(entry, contact);
    assert.equal(states.state(contact.id).reason, 'after-another');
    states.deliver(entry.id, undefined);
    assert.deepEqual(states.state(contact.id), { status: 'queued', durable: true });
  });
});
