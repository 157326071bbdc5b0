import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createCoding } from '../../../src/receiver/export/coding.ts';
import { openExportFolder } from '../../../src/receiver/export/export-files.ts';
import { type ExportOptions, exportStudy, type Manifest } from '../../../src/receiver/export/export-study.ts';
import { LONGEST_HOMEWORK, type ParticipantEvent } from '../../../src/submission/session-submission.ts';
import { STUDY, taken, withdrawal } from '../../support/consent-office.ts';
import { type ReadRow, readTable, textOf } from '../../support/csv-inverse.ts';
import { HOSTILE_TEXTS, LONG_TEXT } from '../../support/hostile-texts.ts';
import type { Joined } from '../../support/questionnaire-office.ts';
import { correctedTo, openSessionOffice, type SessionOffice } from '../../support/session-office.ts';

/** Sessions in an export: for whoever may know the arms all of them, for the others not a trace. */

/** Three bytes each but the first. */
const LONGEST = `=${'語'.repeat(LONGEST_HOMEWORK - 1)}`;
const ARMS: Partial<ExportOptions> = { arms: true, by: { id: 'the-coordinator' } };

describe('the sessions of an export', () => {
  let directory: string;
  let office: SessionOffice;
  /** In groups, in calls, in calls and gone from them, in groups and nothing was ever said. */
  let [ana, ben, cleo, dan]: Joined[] = [];
  let out = 0;
  /** Before anything was said of sessions. */
  let blindedBefore: ReadonlyMap<string, string>;

  async function taking(options: Partial<ExportOptions> = {}): Promise<{ folder: string; manifest: Manifest }> {
    const folder = join(directory, `out-${out++}`);
    const now = () => new Date(office.clock.now);
    const usual = { study: STUDY, format: 'csv', freeText: false, contacts: false, arms: false } as const;
    const manifest = await exportStudy({ ...office, now }, { ...usual, ...options }, await openExportFolder(folder));
    return { folder, manifest };
  }
  const read = async (folder: string, file: string) => readTable(await readFile(join(folder, file)));
  /** All files byte for byte, but for when it was. */
  async function bytesOf(options: Partial<ExportOptions>): Promise<ReadonlyMap<string, string>> {
    const { folder } = await taking(options);
    const files = await Promise.all(
      (await readdir(folder)).map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const),
    );
    return new Map(files.map(([file, text]) => [file, text.replace(/"at": "[^"]+"/, '')]));
  }
  const blinded = { freeText: true } as const;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-sessions-'));
    office = await openSessionOffice();
    ana = await office.inArm('groups-arm');
    ben = await office.inArm('calls-arm');
    cleo = await office.inArm('calls-arm');
    dan = await office.inArm('groups-arm');
    blindedBefore = await bytesOf(blinded);

    await office.putUp('series', 'groups', { kind: 'time', about: 'groups-1', startsAt: '2026-03-11T02:00:00Z' });
    office.goTo('2026-03-12');
    await said(ana, { type: 'missed', session: 'groups-1', reason: '=A1: on call' });
    await office.record(ana, { event: 'attended', session: 'groups-1' });
    office.goTo('2026-03-25');
    await office.record(ana, { event: 'missed', session: 'groups-2', excused: true, reason: 'A funeral.' });
    await said(ana, { type: 'recording-viewed', session: 'groups-2' });
    await said(ana, { type: 'homework', session: 'groups-1', task: 'worksheet', text: 'First.' });
    const worksheet = { type: 'homework', session: 'groups-1', task: 'worksheet' } as const;
    for (const text of [...HOSTILE_TEXTS, LONGEST]) await said(ana, { ...worksheet, text });
    assert.equal((await office.say(ana, { ...worksheet, text: LONG_TEXT })).status, 422, 'longer than homework can be');

    await office.record(ben, { event: 'missed', session: 'calls-1' });
    office.goTo('2026-03-26');
    const startsAt = '2026-03-27T16:00:00Z';
    const slot = await office.putUp('series', 'calls', { kind: 'slot', about: 'calls', startsAt, minutes: 25 });
    await said(ben, { type: 'reschedule-asked', session: 'calls-1', slot });
    office.goTo('2026-03-28');
    await office.record(ben, { event: 'partial', session: 'calls-1' });
    const mistake = await office.record(ben, { event: 'attended', session: 'calls-2' });
    await office.record(ben, { event: 'retracted', of: mistake, reason: 'Another person.' });
    // Nobody has sessions of another arm.
    assert.deepEqual(await office.said(ben, { type: 'missed', session: 'groups-1', reason: 'x' }), ['unknown-session']);
    await joinsGroup(ben, 'ruths-people');

    await office.record(cleo, { event: 'missed', session: 'calls-1' });
    office.goTo('2026-03-29');
    await said(cleo, { type: 'left-intervention', reason: 'Enough.' });
    // Of the other mode: it counts nowhere.
    await office.said(cleo, { type: 'missed', session: 'calls-2', reason: 'x' }, { mode: 'live' });
  });
  after(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });

  async function said(person: Joined | undefined, event: ParticipantEvent): Promise<void> {
    assert(person);
    assert.deepEqual(await office.said(person, event), []);
  }
  async function joinsGroup({ id }: Pick<Joined, 'id'>, group: string): Promise<void> {
    const token = await office.hire('coordinator');
    const joined = await office.staff(token, 'PUT', `participants/${id}/group`, { group });
    assert.equal(joined.status, 204, joined.body);
  }

  /** Rows of somebody in a table: whose code is whose, only the key can tell. */
  async function rowsFor(folder: string, file: string, { id }: Pick<Joined, 'id'>): Promise<readonly ReadRow[]> {
    const code = createCoding(office.keys, STUDY).participant(id);
    return (await read(folder, file)).filter(({ participant }) => participant === code);
  }
  const pick = (rows: readonly ReadRow[], ...names: string[]) =>
    rows.map((row) => names.map((name) => row[name]).join(' '));

  it('are there one by one: state, days from the first, misses, what became of them, and whose word it was', async () => {
    assert(ana && ben && cleo && dan);
    const { folder } = await taking(ARMS);
    const days = ['window_first', 'window_last', 'scheduled_day', 'held_day', 'on_time'];
    assert.deepEqual(pick(await rowsFor(folder, 'sessions.csv', ana), 'session', 'state', ...days), [
      'groups-1 attended 0 13 1 1 1',
      'groups-2 made-up 14 27   ',
      'groups-3 scheduled 28 41   ',
      'drop-in-1 scheduled 0 55   ',
    ]);
    const misses = ['misses', 'excused', 'missed', 'outstanding', 'made_up', 'recording_day', 'received'];
    const words = ['participant_said', 'facilitator_said'];
    assert.deepEqual(pick(await rowsFor(folder, 'sessions.csv', ana), ...misses, 'homework', ...words), [
      '0 0 0 0   1 done missed attended',
      '1 1 1 0 recording 16 1 open  missed',
      '0 0 0 0   0   ',
      '0 0 0 0   0   ',
    ]);
    const [first] = await rowsFor(folder, 'sessions.csv', ben);
    assert(first);
    assert.deepEqual(pick([first], 'state', 'scheduled_day', 'held_day', 'on_time', 'minutes', ...misses, ...words), [
      'partial 18 18 0 25 1 0 1 0 new-time  1  partial',
    ]);
    assert.deepEqual(pick(await rowsFor(folder, 'sessions.csv', cleo), 'session', 'state', 'outstanding'), [
      ...['calls-1 missed 1', 'calls-2 not-completed 0', 'calls-3 not-completed 0', 'calls-4 not-completed 0'],
    ]);
    assert.equal((await rowsFor(folder, 'sessions.csv', dan)).length, 4, 'also of whom nothing was said');
  });

  it('are there with everything that was said of them, in its order, with why it changes nothing', async () => {
    assert(ana && ben && cleo);
    const { folder, manifest } = await taking(ARMS);
    const head = ['order', 'event', 'session', 'by', 'day', 'received_day', 'starts_day', 'retracts', 'set_aside'];
    const bens = await rowsFor(folder, 'session_events.csv', ben);
    assert.deepEqual(pick(bens, ...head), [
      '1 missed calls-1 facilitator 16 16   ',
      '2 rescheduled calls-1 participant 17 17 18  ',
      '3 partial calls-1 facilitator 18 19   ',
      '4 attended calls-2 facilitator 19 19   retracted',
      '5 retracted  facilitator 19 19  4 ',
      '6 missed groups-1 participant 19 19   unknown-session',
    ]);
    assert.equal(bens.at(-1)?.deviations, '["unknown-session"]');
    assert.deepEqual(pick(await rowsFor(folder, 'session_events.csv', ana), 'event', 'by', 'excused', 'set_aside'), [
      'missed participant 0 overruled',
      'attended facilitator 0 ',
      'missed facilitator 1 ',
      'recording-viewed participant 0 ',
      ...Array.from({ length: 2 + HOSTILE_TEXTS.length }, () => 'homework participant 0 '),
    ]);
    assert.deepEqual(pick(await rowsFor(folder, 'session_events.csv', cleo), 'event', 'by'), [
      ...['missed facilitator', 'left participant'],
    ]);
    assert.equal(manifest.leftOut.keptApart, 1, 'what claims the other mode');
    const rows = await office.store.transaction((tx) =>
      Promise.all([ana, ben, cleo].map(async (one) => tx.sessionEvents(STUDY, one?.id ?? ''))),
    );
    assert.equal(rows.flat().length - 1, (await read(folder, 'session_events.csv')).length);
  });

  it('have homework and reasons on request alone, whatever was written, to the last character', async () => {
    assert(ana);
    const without = await taking(ARMS);
    assert.ok(!Object.hasOwn((await read(without.folder, 'session_events.csv'))[0] ?? {}, 'text'));
    const { folder, manifest } = await taking({ ...ARMS, freeText: true });
    assert.equal(without.manifest.leftOut.values - manifest.leftOut.values, 2 + 2 + HOSTILE_TEXTS.length + 1 + 1 + 1);
    const rows = await rowsFor(folder, 'session_events.csv', ana);
    const written = rows.filter(({ event }) => event === 'homework').map(({ text }) => textOf(text ?? ''));
    assert.deepEqual(written, ['First.', ...HOSTILE_TEXTS, LONGEST]);
    assert.deepEqual(pick(rows.slice(0, 3), 'text'), ["'=A1: on call", '', 'A funeral.']);
    for (const { text = '' } of rows) assert.doesNotMatch(text, /^[=+\-@\t\r\n]/);
    for (const file of await readdir(without.folder)) {
      const text = await readFile(join(without.folder, file), 'utf8');
      assert.doesNotMatch(text, /on call|funeral|First\.|cmd\||Enough|ruths/, file);
    }
  });

  it('are summed up in the wide table, and every column is in the codebook', async () => {
    assert(ana && ben && cleo);
    const { folder } = await taking(ARMS);
    const [hers] = await rowsFor(folder, 'participants.csv', ana);
    const [his] = await rowsFor(folder, 'participants.csv', ben);
    const [gone] = await rowsFor(folder, 'participants.csv', cleo);
    assert(hers && his && gone);
    const counts = ['planned', 'attended', 'made_up', 'received', 'missed', 'outstanding', 'not_completed'];
    const inSeries = (series: string) => counts.map((count) => `arm_series.${series}.${count}`);
    assert.deepEqual(pick([hers], ...inSeries('groups')), ['3 1 1 2 1 0 0']);
    assert.deepEqual(pick([hers], ...inSeries('calls')), ['      '], 'of another arm nothing');
    assert.deepEqual(pick([gone], ...inSeries('calls')), ['4 0 0 0 1 1 3']);
    assert.deepEqual(pick([hers, his, gone], 'intervention', 'arm', 'arm_start', 'arm_left'), [
      ...['open groups-arm 0 ', 'open calls-arm 0 ', 'withdrawn calls-arm 0 20'],
    ]);
    assert.match(his.arm_group ?? '', /^group-[0-9a-f]{8}$/);
    assert.equal(hers.arm_group, '');
    const states = ['state', 'held_day'].flatMap((what) => [
      `arm_session.groups-1.${what}`,
      `arm_session.calls-1.${what}`,
    ]);
    assert.deepEqual(pick([hers, his], ...states), ['attended  1 ', ' partial  18']);
    const book = await read(folder, 'codebook.csv');
    const described = new Map(book.map((row) => [`${row.file} ${row.column}`, row]));
    for (const file of ['participants.csv', 'sessions.csv', 'session_events.csv']) {
      const [header] = (await readFile(join(folder, file), 'utf8')).replace('\uFEFF', '').split('\r\n');
      for (const column of header?.split(',') ?? []) {
        const plain = column.replace(/\[.*\]$/, '');
        assert.ok(described.has(`${file} ${column}`) || described.has(`${file} ${plain}`), `${file} ${column}`);
      }
    }
    const about = described.get('participants.csv arm_session.groups-1.state');
    assert.deepEqual([about?.part, about?.item, about?.kind, about?.label], ['groups', 'groups-1', 'state', 'Group']);
  });

  it('say the same as lines of JSON', async () => {
    const [{ folder: lines }, { folder: tables }] = [
      await taking({ ...ARMS, format: 'jsonl', freeText: true }),
      await taking({ ...ARMS, freeText: true }),
    ];
    const people = (await readFile(join(lines, 'participants.jsonl'), 'utf8')).trimEnd().split('\n');
    const said = people.flatMap((line) => {
      const { participant, course } = JSON.parse(line);
      return course.sessionEvents.map((one: Record<string, unknown>) => [participant, one.order, one.event, one.text]);
    });
    const cells = (await read(tables, 'session_events.csv')).map((row) => [
      ...[row.participant, Number(row.order), row.event, row.text === '' ? null : textOf(row.text ?? '')],
    ]);
    assert.deepEqual(said, cells);
    const held = people.flatMap((line) => JSON.parse(line).course.sessions);
    assert.deepEqual(
      held.map((one) => [one.session, one.state, one.heldDay]),
      (await read(tables, 'sessions.csv')).map((row) => [
        ...[row.session, row.state, row.held_day === '' ? null : Number(row.held_day)],
      ]),
    );
  });

  it('leave no trace where arms are not asked for: not an id, not a number, not that there are any', async () => {
    assert(ana);
    const blindedNow = await bytesOf(blinded);
    assert.deepEqual([...blindedNow.keys()].toSorted(), [...blindedBefore.keys()].toSorted());
    for (const [file, text] of blindedBefore) assert.equal(blindedNow.get(file), text, file);
    for (const [file, text] of blindedNow) {
      const named = text.replace('in exports with arms intervention too', '');
      assert.doesNotMatch(named, /groups|calls|drop-in|session|intervention|arm_|"arm"|homework/i, file);
    }
    // Nor by whoever says on another way that they leave what only one arm has.
    await taken(office, ana.device, withdrawal('intervention', { studyVersion: office.version }));
    assert.deepEqual(await bytesOf(blinded), blindedNow);
    // Nor by another arm.
    assert(dan);
    await correctedTo(office, STUDY, dan, 'calls-arm');
    assert.deepEqual(await bytesOf(blinded), blindedNow);
    const lines = await bytesOf({ ...blinded, format: 'jsonl' });
    assert.doesNotMatch(lines.get('participants.jsonl') ?? '?', /groups|calls|course|intervention|"arm"/);
    const [hers] = await rowsFor((await taking(ARMS)).folder, 'participants.csv', ana);
    assert.equal(hers?.intervention, 'withdrawn', 'whoever may know the arm knows that');
  });

  it('have no word of somebody whose words were erased, and still that there were some', async () => {
    assert(ana && cleo);
    const options = { ...ARMS, freeText: true };
    const before = await taking(options);
    const people = [ana.id, cleo.id];
    await office.store.transaction(async (tx) => {
      for (const id of people) await tx.eraseSessions(STUDY, id);
    });
    const after = await taking(options);
    for (const file of ['sessions.csv', 'session_events.csv']) {
      const rows = await read(after.folder, file);
      const withoutText = (all: readonly ReadRow[]) => all.map(({ text: _, ...row }) => row);
      assert.deepEqual(withoutText(rows), withoutText(await read(before.folder, file)), file);
    }
    for (const person of [ana, cleo]) {
      const rows = await rowsFor(after.folder, 'session_events.csv', person);
      assert.ok(rows.length > 1 && rows.every(({ text }) => text === ''));
    }
  });
});
