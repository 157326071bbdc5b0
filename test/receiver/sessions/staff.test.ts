import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Joined } from '../../support/questionnaire-office.ts';
import { openSessionOffice, type SessionOffice } from '../../support/session-office.ts';

/** What staff say of sessions and put up for them, and what they see. */

let office: SessionOffice;

/** An office for each test of a group. */
function inAnOffice(): void {
  beforeEach(async () => {
    office = await openSessionOffice();
  });
  afterEach(() => office.receiver.close());
}

const eventsPath = ({ id }: Joined): string => `participants/${id}/session-events`;
const sessionsPath = ({ id }: Joined): string => `participants/${id}/sessions`;

describe('attendance', () => {
  inAnOffice();

  it('is of the time at which the session began, where nothing else is said, and is recorded once', async () => {
    const [person, token] = [await office.inArm('calls-arm'), await office.hire('facilitator')];
    await office.putUp('participant', person.id, { kind: 'time', about: 'calls-1', startsAt: '2026-03-11T06:30:00Z' });
    office.goTo('2026-03-13');
    const partial = { event: 'partial', session: 'calls-1', reason: 'Left early.' };
    const first = await office.staff(token, 'POST', eventsPath(person), partial);
    assert.equal(first.status, 201, first.body);
    const again = await office.staff(token, 'POST', eventsPath(person), partial);
    assert.deepEqual([again.status, again.body], [204, '']);
    const { state, heldOn, received } = await office.session(person, 'calls-1');
    assert.deepEqual([state, heldOn, received], ['partial', '2026-03-10', true], 'the day where the study is');
  });

  it('can be taken back, changed, excused, and overridden with a reason', async () => {
    const person = await office.inArm('calls-arm');
    office.goTo('2026-03-10');
    const mistake = await office.record(person, { event: 'attended', session: 'calls-1' });
    await office.record(person, { event: 'retracted', of: mistake, reason: 'Another person.' });
    assert.equal((await office.session(person, 'calls-1')).state, 'scheduled');
    await office.record(person, { event: 'missed', session: 'calls-1', excused: true, reason: 'A funeral.' });
    const { state, misses } = await office.session(person, 'calls-1');
    assert.deepEqual([state, misses[0]?.by, misses[0]?.reason], ['missed', 'facilitator', undefined]);
    office.goTo('2026-06-01');
    const token = await office.hire('facilitator');
    const late = { event: 'attended', session: 'calls-2' };
    const refused = await office.staff(token, 'POST', eventsPath(person), late);
    assert.deepEqual([refused.status, refused.problem(), refused.faults()], [422, 'not-recorded', [' after-end']]);
    await office.record(person, { ...late, override: true, reason: 'Agreed on the phone.' });
    assert.equal((await office.session(person, 'calls-2')).state, 'attended');
  });

  it('is said by those who hold the series, of people at their sites', async () => {
    const person = await office.inArm('calls-arm');
    office.goTo('2026-03-10');
    const attended = { event: 'attended', session: 'calls-1' };
    for (const [more, status] of [
      [{ series: ['groups'] }, 422],
      [{ sites: ['north'] }, 404],
      [{ series: ['calls'] }, 201],
    ] as const) {
      const answer = await office.staff(await office.hire('facilitator', more), 'POST', eventsPath(person), attended);
      assert.equal(answer.status, status, answer.body);
    }
    for (const role of ['recruiter', 'statistician'] as const) {
      const token = await office.hire(role);
      assert.equal((await office.staff(token, 'GET', sessionsPath(person))).status, 403);
    }
  });
});

describe('a participant’s sessions, for staff', () => {
  inAnOffice();

  it('have everything that was said, with why it changes nothing, and no word of the homework', async () => {
    const [person, token] = [await office.inArm('calls-arm'), await office.hire('facilitator')];
    office.goTo('2026-03-10');
    await office.said(person, { type: 'missed', session: 'calls-1', reason: 'On call.' });
    await office.said(person, { type: 'homework', session: 'calls-1', task: 'questions', text: 'Private.' });
    await office.record(person, { event: 'attended', session: 'calls-1' });
    const { body } = await office.staff(token, 'GET', sessionsPath(person));
    const { arm, sessions, events } = JSON.parse(body);
    assert.deepEqual(
      [arm, sessions[0].state, sessions[0].homework],
      ['calls-arm', 'attended', [{ task: 'questions', savedAt: office.clock.now }]],
    );
    assert.ok(!body.includes('Private.'));
    assert.deepEqual(
      events.map((one: Record<string, string>) => [one.event, one.by, one.reason, one.setAside]),
      [
        ['missed', 'participant', 'On call.', 'overruled'],
        ['attended', 'facilitator', undefined, undefined],
        ['homework-done', 'participant', undefined, undefined],
      ],
    );
    const other = await office.staff(
      await office.hire('facilitator', { series: ['groups'] }),
      'GET',
      sessionsPath(person),
    );
    assert.deepEqual([JSON.parse(other.body).sessions, JSON.parse(other.body).events], [[], []]);
  });
});

describe('a time that is put up', () => {
  inAnOffice();

  const startsAt = (hour: number): string => `2026-03-11T${String(hour).padStart(2, '0')}:00:00Z`;
  const time = (hour: number, more: object = {}) => ({
    kind: 'time',
    about: 'calls-1',
    startsAt: startsAt(hour),
    ...more,
  });

  it('counts for the narrowest: a participant before their group, that before everybody', async () => {
    const [one, two, three] = [
      await office.inArm('calls-arm'),
      await office.inArm('calls-arm'),
      await office.inArm('calls-arm'),
    ];
    const token = await office.hire('coordinator');
    for (const { id } of [one, two]) {
      assert.equal((await office.staff(token, 'PUT', `participants/${id}/group`, { group: 'early' })).status, 204);
    }
    await office.putUp('participant', one.id, time(10));
    await office.putUp('group', 'early', time(12));
    await office.putUp('series', 'calls', time(14));
    const starts = () =>
      Promise.all([one, two, three].map(async (who) => (await office.session(who, 'calls-1')).startsAt));
    assert.deepEqual(await starts(), [startsAt(10), startsAt(12), startsAt(14)]);
    await office.putUp('group', 'early', time(13));
    assert.deepEqual(await starts(), [startsAt(10), startsAt(13), startsAt(14)], 'the newest; it moves nobody else');
    const last = await office.putUp('group', 'early', time(15));
    const taken = await office.staff(token, 'DELETE', `staff/sessions/group/early/${last}`);
    assert.equal(taken.status, 204, taken.body);
    assert.deepEqual(await starts(), [startsAt(10), startsAt(13), startsAt(14)], 'what stood before counts again');
    const { postings } = JSON.parse((await office.staff(token, 'GET', 'staff/sessions/group/early')).body);
    assert.deepEqual(
      postings.map((row: Record<string, string>) => [row.startsAt, row.endedAt !== undefined]),
      [
        [startsAt(12), false],
        [startsAt(13), false],
        [startsAt(15), true],
      ],
    );
    const gone = await office.staff(token, 'DELETE', `staff/sessions/series/calls/${last}`);
    assert.deepEqual([gone.status, gone.problem()], [404, 'unknown-posting'], 'it is of another audience');
  });

  it('after the session tells when it was: what was said of it stands', async () => {
    const person = await office.inArm('calls-arm');
    office.goTo('2026-03-12');
    await office.said(person, { type: 'missed', session: 'calls-1', reason: 'Ill.' });
    await office.putUp('series', 'calls', time(16));
    const { state, startsAt: begins } = await office.session(person, 'calls-1');
    assert.deepEqual([state, begins], ['missed', startsAt(16)]);
  });

  it('that is called off by staff is nobody’s miss', async () => {
    const person = await office.inArm('calls-arm');
    await office.putUp('series', 'calls', time(16));
    await office.putUp('series', 'calls', { kind: 'cancelled', about: 'calls-1', reason: 'No network.' });
    const { state, startsAt: begins, outstanding } = await office.session(person, 'calls-1');
    assert.deepEqual([state, begins, outstanding], ['cancelled-by-staff', undefined, false]);
  });

  it('opens no address but https', async () => {
    const token = await office.hire('coordinator');
    for (const link of ['http://v.example.org', 'javascript:alert(1)', 'https://a b']) {
      const answer = await office.staff(token, 'POST', 'staff/sessions/series/groups', {
        ...{ kind: 'recording', about: 'groups-1', link },
      });
      assert.deepEqual([answer.status, answer.problem()], [422, 'not-a-request'], link);
    }
  });

  it('for somebody alone is a make-up link, and nobody else’s', async () => {
    const [one, other] = [await office.inArm('groups-arm'), await office.inArm('groups-arm')];
    office.goTo('2026-03-10');
    for (const person of [one, other])
      await office.said(person, { type: 'missed', session: 'groups-1', reason: 'Ill.' });
    const recording = { kind: 'recording', about: 'groups-1' };
    await office.putUp('participant', one.id, { ...recording, link: 'https://v.example.org/one' });
    await office.putUp('series', 'groups', { ...recording, link: 'https://v.example.org/all' });
    const links = await Promise.all(
      [one, other].map(async (who) => (await office.session(who, 'groups-1')).recording?.link),
    );
    assert.deepEqual(links, ['https://v.example.org/one', 'https://v.example.org/all']);
  });
});

describe('a group', () => {
  inAnOffice();

  it('is of one arm: whoever is of another is not told its times', async () => {
    const [one, other] = [await office.inArm('calls-arm'), await office.inArm('groups-arm')];
    const token = await office.hire('coordinator');
    const join = ({ id }: Joined) => office.staff(token, 'PUT', `participants/${id}/group`, { group: 'early' });
    assert.equal((await join(one)).status, 204);
    const answer = await join(other);
    assert.deepEqual([answer.status, answer.faults()], [422, [' other-arm']]);
    assert.ok(!answer.body.includes('calls-arm'));
    const nobody = await office.join();
    assert.deepEqual((await join(nobody)).faults(), [' not-allocated']);
  });
});

describe('what does not fit', () => {
  let person: Joined;
  let token: string;
  before(async () => {
    office = await openSessionOffice();
    person = await office.inArm('calls-arm');
    token = await office.hire('coordinator');
  });
  after(() => office.receiver.close());

  const noon = (more: object = {}) => ({ kind: 'time', about: 'calls-1', startsAt: '2026-03-11T12:00:00Z', ...more });

  const wrong: readonly (readonly [name: string, event: object, status: number, fault: string])[] = [
    ['of a session that they do not have', { event: 'attended', session: 'groups-1' }, 422, ' unknown-session'],
    ['of the future', { event: 'attended', session: 'calls-1', at: '2026-04-01T10:00:00Z' }, 422, ' future'],
    ['that retracts nothing', { event: 'retracted', of: 'x', reason: 'x' }, 422, ' unknown-event'],
    ['that closes no review', { event: 'review-closed', series: 'calls', reason: 'x' }, 422, ' no-review'],
    ['without its reason', { event: 'returned' }, 422, ' needs-reason'],
    ['as somebody else’s word', { event: 'attended', session: 'calls-1', by: 'participant' }, 422, '[0].by kind'],
  ];
  for (const [name, event, status, fault] of wrong) {
    it(`an event is not recorded: ${name}`, async () => {
      const answer = await office.staff(token, 'POST', eventsPath(person), event);
      assert.equal(answer.status, status, answer.body);
      if (answer.problem() === 'not-recorded') assert.deepEqual(answer.faults(), [fault]);
      assert.deepEqual(await office.store.transaction((tx) => tx.sessionEvents(office.study, person.id)), []);
    });
  }

  const refused: readonly (readonly [
    name: string,
    audience: string,
    target: string | undefined,
    posting: object,
    fault: string,
  ])[] = [
    ['of no session of the study', 'series', 'calls', noon({ about: 'calls-5' }), 'unknown-session'],
    ['of another series than its audience', 'series', 'groups', noon(), 'unknown-session'],
    ['for somebody of another arm', 'participant', undefined, noon({ about: 'groups-1' }), 'other-arm'],
    ['for a group that nobody is in', 'group', 'nobody', noon(), 'unknown-group'],
    ['for a site that the study has not', 'site', 'moon', noon(), 'unknown-site'],
    [
      'after the end, without a reason',
      'participant',
      undefined,
      { ...noon(), startsAt: '2026-07-01T09:00:00Z' },
      'after-end',
    ],
  ];
  for (const [name, audience, target, posting, fault] of refused) {
    it(`a posting is refused, and nothing is put up: ${name}`, async () => {
      const path = `staff/sessions/${audience}/${target ?? person.id}`;
      const answer = await office.staff(token, 'POST', path, posting);
      assert.deepEqual([answer.status, answer.problem(), answer.faults()], [422, 'not-recorded', [` ${fault}`]]);
      const { postings } = JSON.parse((await office.staff(token, 'GET', path)).body);
      assert.deepEqual(postings, []);
    });
  }
});
