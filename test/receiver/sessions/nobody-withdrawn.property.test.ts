import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { ParticipantEvent } from '../../../src/submission/session-submission.ts';
import { me } from '../../support/participants.ts';
import { openSessionOffice } from '../../support/session-office.ts';

/** Whatever is said of sessions, by whomever, in whatever order: only who leaves is gone, and nobody's follow-up is closed. */

const session = fc.constantFrom('calls-1', 'calls-2', 'calls-3', 'calls-4', 'groups-1', 'calls-9');

const byParticipant: fc.Arbitrary<ParticipantEvent> = fc.oneof(
  session.map((id) => ({ type: 'missed', session: id, reason: 'Ill.' }) as const),
  session.map((id) => ({ type: 'recording-viewed', session: id }) as const),
  session.map((id) => ({ type: 'homework', session: id, task: 'questions', text: 'What?' }) as const),
);

const byStaff = fc.oneof(
  fc.record({ event: fc.constantFrom('attended', 'missed', 'partial', 'cancelled'), session }),
  fc.record({ event: fc.constant('rescheduled'), session }),
  fc.record({ event: fc.constant('missed'), session, override: fc.constant(true), reason: fc.constant('Late.') }),
  fc.constant({ event: 'review-closed', series: 'calls', reason: 'Spoken with.' }),
);

const step = fc.record({
  days: fc.nat({ max: 20 }),
  said: fc.oneof(
    byParticipant.map((event) => ({ by: 'participant' as const, event })),
    byStaff.map((event) => ({ by: 'staff' as const, event })),
  ),
});

it('no sequence of events withdraws anybody, or closes a follow-up', async () => {
  const office = await openSessionOffice();
  const token = await office.hire('facilitator');
  const begun = office.clock.now;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      office.goTo(begun);
      const [person, quiet] = [await office.inArm('calls-arm'), await office.inArm('calls-arm')];
      // Every other time they are asked to speak with staff to begin with.
      for (const id of runs++ % 2 === 0 ? ['calls-1', 'calls-2', 'calls-3'] : []) {
        const override = { override: true, reason: 'Told on the phone.' };
        office.goTo(new Date(Date.parse(office.clock.now) + 14 * 86_400_000).toISOString());
        await office.record(person, { event: 'missed', session: id, ...override });
      }
      for (const { days, said } of steps) {
        office.goTo(new Date(Date.parse(office.clock.now) + days * 86_400_000).toISOString());
        if (said.by === 'participant') await office.said(person, said.event);
        else {
          const { status } = await office.staff(token, 'POST', `participants/${person.id}/session-events`, said.event);
          assert.ok([201, 204, 422].includes(status));
        }
      }
      const [told, beside] = [
        await me(office, person.device, office.study),
        await me(office, quiet.device, office.study),
      ];
      assert.deepEqual(
        [told.sessions?.state, told.consent?.intervention, told.consent?.state],
        ['open', 'open', 'signed'],
      );
      assert.deepEqual(told.assessments, beside.assessments, 'follow-ups are those of who has said nothing');
    }),
    { numRuns: 8 },
  );
  const flags = await office.store.transaction((tx) => tx.flags(office.study, { limit: 99 }));
  assert.ok(flags.filter(({ kind }) => kind === 'withdrawal-review').length >= runs / 2);
  await office.receiver.close();
});
