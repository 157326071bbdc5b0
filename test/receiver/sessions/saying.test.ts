import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { withdrawal } from '../../support/consent-office.ts';
import { me, postAs } from '../../support/participants.ts';
import { mySteps } from '../../support/questionnaire-office.ts';
import { NOW } from '../../support/receiver.ts';
import { openSessionOffice, type SessionOffice } from '../../support/session-office.ts';

/** What participants say of their sessions, and what they are told after it. */

const day = (time: string): string => time.slice(0, 10);

describe('what a participant says of a session', () => {
  let office: SessionOffice;
  beforeEach(async () => {
    office = await openSessionOffice();
  });
  afterEach(() => office.receiver.close());

  it('is kept byte for byte, audited, and answered with a receipt that tells no arm', async () => {
    const person = await office.inArm('calls-arm');
    office.goTo('2026-03-10');
    const answer = await office.say(person, { type: 'missed', session: 'calls-1', reason: 'On call.' });
    const { id, deviations, next } = answer.receipt();
    assert.deepEqual([answer.status, deviations, next], [201, [], undefined]);
    const { kept, rows, audit } = await office.store.transaction(async (tx) => ({
      kept: await tx.submission(office.study, id),
      rows: await tx.sessionEvents(office.study, person.id),
      audit: (await tx.auditRows(office.study, `participant:${person.id}`)).at(-1),
    }));
    assert.deepEqual([kept?.kind, kept?.participant], ['session', person.id]);
    assert.deepEqual(JSON.parse(kept?.body ?? '').event, { type: 'missed', session: 'calls-1', reason: 'On call.' });
    assert.deepEqual([rows.length, rows[0]?.submission, rows[0]?.seq], [1, id, audit?.seq]);
    assert.deepEqual([audit?.event, audit?.subjects], ['session-received', [person.id, id]]);
    const { misses, state, outstanding } = await office.session(person, 'calls-1');
    const miss = { at: office.clock.now, by: 'participant', reason: 'On call.' };
    assert.deepEqual([misses, state, outstanding], [[miss], 'missed', true]);
    assert.equal(await mySteps(office, person, office.study), 'consent done, session due, next session');
  });

  it('is their own word alone: neither a write key nor nobody says it', async () => {
    const person = await office.inArm('calls-arm');
    const whole = await office.say(person, { type: 'missed', session: 'calls-1', reason: 'Ill.' });
    assert.equal(whole.status, 201);
    const rows = await office.store.transaction((tx) => tx.sessionEvents(office.study, person.id));
    const kept = await office.store.transaction((tx) => tx.submission(office.study, rows[0]?.submission ?? ''));
    const given = JSON.parse(kept?.body ?? '');
    const byKey = await postAs(office, person.device.writeKey, given);
    assert.deepEqual([byKey.status, byKey.problem()], [403, 'token-needed']);
    const byNobody = await office.post(given);
    assert.deepEqual([byNobody.status, byNobody.problem()], [401, 'not-signed-in']);
    const again = await postAs(office, person.device.token, given);
    assert.deepEqual([again.status, again.body], [200, whole.body]);
  });

  it('is kept, and counts nowhere, before the allocation, in another mode, and where a consent does not stand', async () => {
    const early = await office.join();
    assert.deepEqual(await office.said(early, missed('calls-1')), ['not-allocated']);
    assert.equal((await me(office, early.device, office.study)).sessions, undefined);
    const person = await office.inArm('calls-arm');
    assert.deepEqual(await office.said(person, missed('calls-1'), { mode: 'live' }), ['mode']);
    assert.equal((await office.session(person, 'calls-1')).state, 'scheduled');
    const gone = await office.inArm('calls-arm');
    await postAs(office, gone.device.token, withdrawal('study', { study: office.study }));
    assert.deepEqual(await office.said(gone, missed('calls-1')), ['consent-withdrawn', 'after-leaving']);
    const { sessions, steps } = await me(office, gone.device, office.study);
    assert.deepEqual([sessions, steps.filter(({ state }) => state === 'due')], [undefined, []], 'nothing is due');
  });

  it('is overruled by a facilitator, and both stay', async () => {
    const person = await office.inArm('calls-arm');
    office.goTo('2026-03-10');
    await office.said(person, missed('calls-1'));
    await office.record(person, { event: 'attended', session: 'calls-1' });
    const { state, misses, heldOn } = await office.session(person, 'calls-1');
    assert.deepEqual([state, misses, heldOn], ['attended', [], '2026-03-10']);
    assert.deepEqual(await office.said(person, missed('calls-1')), ['twice']);
    await office.record(person, { event: 'missed', session: 'calls-1', at: office.clock.now });
    assert.equal((await office.session(person, 'calls-1')).state, 'missed');
    assert.equal((await office.store.transaction((tx) => tx.sessionEvents(office.study, person.id))).length, 4);
  });

  it('of homework is told again as it was typed, the newest of each text, and all are kept', async () => {
    const person = await office.inArm('calls-arm');
    office.goTo('2026-03-12');
    const texts = ['First', '  Too many clicks:\n\t“señal” \0 \n'];
    for (const text of texts) {
      assert.deepEqual(
        await office.said(person, { type: 'homework', session: 'calls-1', task: 'challenges', text }),
        [],
      );
    }
    const { homework: told } = await office.session(person, 'calls-1');
    assert.deepEqual(
      told.map(({ task, kind, state, saved }) => [task, kind, state, saved?.text]),
      [
        ['challenges', 'notes', 'done', '  Too many clicks:\n\t“señal” \uFFFD \n'],
        ['questions', 'notes', 'open', undefined],
        ['recommendations', 'notes', 'open', undefined],
      ],
    );
    await office.said(person, { type: 'homework', session: 'calls-1', task: 'challenges', text: '' });
    const [emptied] = (await office.session(person, 'calls-1')).homework;
    assert.deepEqual([emptied?.state, emptied?.saved?.text], ['open', '']);
    const rows = await office.store.transaction((tx) => tx.sessionEvents(office.study, person.id));
    assert.equal(rows.filter(({ task }) => task === 'challenges').length, 3);
  });

  it('of a recording makes it seen, and received', async () => {
    const person = await office.inArm('groups-arm');
    office.goTo('2026-03-10');
    const missedAt = office.clock.now;
    await office.said(person, missed('groups-1'));
    await office.putUp('series', 'groups', {
      kind: 'recording',
      about: 'groups-1',
      link: 'https://video.example.org/1',
    });
    const offered = await office.told(person);
    assert.deepEqual(
      offered.offers.map(({ offer, sessions }) => [offer, sessions]),
      [['recording', ['groups-1']]],
    );
    assert.deepEqual(offered.plan[0]?.recording, { since: missedAt, link: 'https://video.example.org/1' });
    assert.deepEqual(
      offered.warnings.map(({ session, unseen, locked }) => [session, unseen, locked]),
      [
        ['groups-2', ['groups-1'], false],
        ['groups-3', ['groups-1'], false],
      ],
    );
    office.goTo('2026-03-11');
    assert.deepEqual(await office.said(person, viewed('groups-1')), []);
    const { plan, offers, warnings, counts } = await office.told(person);
    assert.deepEqual([plan[0]?.state, plan[0]?.received, offers, warnings], ['made-up', true, [], []]);
    assert.equal(plan[0]?.recording?.viewedAt, office.clock.now);
    assert.deepEqual([counts?.madeUp, counts?.attended, counts?.missed], [1, 0, 1]);
  });

  it('is what makes a miss: no clock does', async () => {
    const person = await office.inArm('calls-arm');
    await office.putUp('series', 'calls', { kind: 'time', about: 'calls-1', startsAt: '2026-03-11T16:00:00Z' });
    office.goTo('2026-04-25');
    const { plan, outstanding, offers } = await office.told(person);
    assert.deepEqual(
      plan.map(({ state, timing }) => `${state} ${timing}`),
      ['scheduled past', 'scheduled past', 'scheduled past', 'scheduled open'],
    );
    assert.deepEqual([outstanding, offers], [[], []]);
    office.goTo('2026-05-04');
    const closed = await office.told(person);
    assert.deepEqual(
      [closed.plan.map(({ state }) => state).join(' '), closed.outstanding],
      ['not-completed not-completed not-completed not-completed', []],
    );
  });

  it('leaves the sessions and nothing else: questionnaires stay due, and staff alone can undo it', async () => {
    const person = await office.inArm('calls-arm');
    office.goTo('2026-03-10');
    const before = (await me(office, person.device, office.study)).assessments;
    assert.deepEqual(await office.said(person, { type: 'left-intervention', reason: 'Too little time.' }), []);
    const { sessions, consent, assessments } = await me(office, person.device, office.study);
    assert.deepEqual(
      [sessions?.state, sessions?.leftAt, consent?.intervention],
      ['left', office.clock.now, 'withdrawn'],
    );
    assert.deepEqual([consent?.state, assessments], ['signed', before]);
    assert.ok(sessions?.plan.every(({ state }) => state === 'not-completed'));
    const decisions = await office.store.transaction((tx) => tx.decisions(office.study, person.id));
    assert.equal(decisions.at(-1)?.scope, 'intervention');
    office.goTo('2026-03-11');
    await office.record(person, { event: 'returned', reason: 'They meant one session.' });
    const back = await me(office, person.device, office.study);
    assert.deepEqual([back.sessions?.state, back.consent?.intervention], ['open', 'open']);
  });

  it('raises one review for staff at the third outstanding miss, in words that withdraw nobody', async () => {
    const person = await office.inArm('calls-arm');
    const flags = async () =>
      (await office.store.transaction((tx) => tx.flags(office.study, { limit: 99 })))
        .filter(({ kind }) => kind === 'withdrawal-review')
        .map(({ subjects }) => subjects);
    for (const [index, on] of ['2026-03-10', '2026-03-24', '2026-04-07', '2026-04-21'].entries()) {
      office.goTo(on);
      await office.said(person, missed(`calls-${index + 1}`));
      assert.equal((await flags()).length, index >= 2 ? 1 : 0);
      const [offer] = (await office.told(person)).offers;
      assert.equal(offer?.offer, index === 0 ? 'new-time' : 'reschedule');
    }
    assert.deepEqual(await flags(), [[person.id, 'calls']]);
    const { reviews, state } = await office.told(person);
    assert.equal(state, 'open');
    assert.deepEqual(
      reviews.map(({ review, raisedAt, text }) => [review, day(raisedAt), text?.es]),
      [['withdrawal', '2026-04-07', 'Le llamaremos.']],
    );
    await office.record(person, { event: 'review-closed', series: 'calls', reason: 'They go on.' });
    const after = await office.told(person);
    assert.deepEqual([after.reviews, after.state], [[], 'open']);
    assert.ok(!JSON.stringify(after).includes('They go on.'), 'what staff decided is theirs to tell');
  });
});

describe('what a participant says and does not fit', () => {
  let office: SessionOffice;
  before(async () => {
    office = await openSessionOffice();
  });
  after(() => office.receiver.close());

  const odd: readonly (readonly [name: string, arm: string, events: readonly object[], ...deviations: string[]])[] = [
    ['of no session of theirs', 'calls-arm', [missed('groups-1')], 'unknown-session'],
    ['of a session that has not begun', 'calls-arm', [missed('calls-3')], 'not-begun'],
    ['twice', 'calls-arm', [missed('calls-1'), missed('calls-1')], 'twice'],
    ['of a recording where none is', 'calls-arm', [missed('calls-1'), viewed('calls-1')], 'no-recording'],
    ['of a recording of what they did not miss', 'groups-arm', [viewed('groups-1')], 'nothing-missed'],
    ['of homework after the last', 'groups-arm', [homework('groups-3', 'worksheet')], 'no-homework'],
    ['of homework that is not asked', 'groups-arm', [homework('groups-1', 'challenges')], 'unknown-task'],
    ['of a slot that was never offered', 'calls-arm', [asks('calls-1')], 'unknown-slot'],
    ['after they left', 'calls-arm', [{ type: 'left-intervention' }, missed('calls-1')], 'after-leaving'],
    ['that they leave, twice', 'calls-arm', [{ type: 'left-intervention' }, { type: 'left-intervention' }], 'twice'],
  ];
  for (const [name, arm, events, ...deviations] of odd) {
    it(`is kept with why it changes nothing: ${name}`, async () => {
      office.goTo(NOW);
      const person = await office.inArm(arm);
      office.goTo('2026-03-10');
      let seen: readonly string[] = [];
      let before = '';
      for (const event of events) {
        before = JSON.stringify((await office.told(person)).plan);
        seen = await office.said(person, event as Parameters<SessionOffice['said']>[1]);
      }
      assert.deepEqual(seen, deviations);
      assert.equal(
        (await office.store.transaction((tx) => tx.sessionEvents(office.study, person.id))).length,
        events.length,
      );
      if (deviations[0] !== 'unknown-task') assert.equal(JSON.stringify((await office.told(person)).plan), before);
    });
  }
});

describe('a slot', () => {
  let office: SessionOffice;
  beforeEach(async () => {
    office = await openSessionOffice();
  });
  afterEach(() => office.receiver.close());

  it('becomes the session’s time for whoever asks first; the other keeps what they had', async () => {
    const [one, other] = [await office.inArm('calls-arm'), await office.inArm('calls-arm')];
    const startsAt = '2026-03-12T16:00:00Z';
    await office.putUp('series', 'calls', {
      kind: 'time',
      about: 'calls-1',
      startsAt: '2026-03-11T16:00:00Z',
      minutes: 30,
    });
    const slot = await office.putUp('series', 'calls', { kind: 'slot', about: 'calls', startsAt, place: 'Room 3' });
    const first = await office.session(one, 'calls-1');
    assert.deepEqual(first.slots, [{ id: slot, startsAt, place: 'Room 3' }]);
    assert.deepEqual([first.startsAt, first.minutes], ['2026-03-11T16:00:00Z', 30]);
    assert.deepEqual(await office.said(one, { type: 'reschedule-asked', session: 'calls-1', slot }), []);
    const moved = await office.session(one, 'calls-1');
    assert.deepEqual([moved.state, moved.startsAt, moved.place, moved.misses], ['rescheduled', startsAt, 'Room 3', []]);
    assert.deepEqual(await office.said(other, { type: 'reschedule-asked', session: 'calls-1', slot }), ['slot-taken']);
    const stays = await office.session(other, 'calls-1');
    assert.deepEqual([stays.state, stays.startsAt, stays.slots], ['scheduled', '2026-03-11T16:00:00Z', []]);
  });

  it('is free again once its holder has another', async () => {
    const [one, other] = [await office.inArm('calls-arm'), await office.inArm('calls-arm')];
    const post = (startsAt: string) => office.putUp('series', 'calls', { kind: 'slot', about: 'calls', startsAt });
    const [early, late] = [await post('2026-03-12T16:00:00Z'), await post('2026-03-13T16:00:00Z')];
    for (const slot of [early, late]) await office.said(one, { type: 'reschedule-asked', session: 'calls-1', slot });
    assert.deepEqual(
      (await office.session(other, 'calls-1')).slots.map(({ id }) => id),
      [early],
    );
  });

  it('asked for after the session began is a miss, and a new time all the same', async () => {
    const person = await office.inArm('calls-arm');
    await office.putUp('participant', person.id, { kind: 'time', about: 'calls-1', startsAt: '2026-03-11T16:00:00Z' });
    const slot = await office.putUp('series', 'calls', {
      kind: 'slot',
      about: 'calls-1',
      startsAt: '2026-03-13T16:00:00Z',
    });
    office.goTo('2026-03-12');
    assert.deepEqual(await office.said(person, { type: 'reschedule-asked', session: 'calls-1', slot }), []);
    const { state, misses, outstanding } = await office.session(person, 'calls-1');
    assert.deepEqual([state, misses.length, outstanding], ['rescheduled', 1, true]);
    await office.goTo('2026-03-14');
    await office.record(person, { event: 'attended', session: 'calls-1' });
    const made = await office.session(person, 'calls-1');
    assert.deepEqual([made.state, made.heldOn, made.outstanding], ['attended', '2026-03-13', false]);
  });

  it('given to as many as it has seats, however many ask at once', async () => {
    const people = [];
    for (let count = 0; count < 5; count += 1) people.push(await office.inArm('calls-arm'));
    const startsAt = '2026-03-12T16:00:00Z';
    const slot = await office.putUp('series', 'calls', { kind: 'slot', about: 'calls', startsAt, seats: 2 });
    const all = await Promise.all(
      people.map((person) => office.said(person, { type: 'reschedule-asked', session: 'calls-1', slot })),
    );
    assert.deepEqual(all.filter((deviations) => deviations.length === 0).length, 2);
    assert.ok(all.flat().every((deviation) => deviation === 'slot-taken'));
  });
});

function missed(session: string) {
  return { type: 'missed', session, reason: 'Ill.' } as const;
}
function viewed(session: string) {
  return { type: 'recording-viewed', session } as const;
}
function homework(session: string, task: string) {
  return { type: 'homework', session, task, text: 'Some.' } as const;
}
function asks(session: string) {
  return { type: 'reschedule-asked', session, slot: '01890a5d-ac96-774b-bcce-b302099a8057' } as const;
}
