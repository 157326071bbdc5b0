import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeCheckpoint } from '../../../src/receiver/checkpoints/checkpoint.ts';
import { type AuditFinding, verifyAudit } from '../../../src/receiver/checkpoints/verify-audit.ts';
import { erasureSchema } from '../../../src/receiver/erasure/erase-participant.ts';
import { readSignedDocument } from '../../../src/receiver/signed-document.ts';
import { taken, withdrawal } from '../../support/consent-office.ts';
import { send } from '../../support/participants.ts';
import type { Joined } from '../../support/questionnaire-office.ts';
import { openSessionOffice, type SessionOffice } from '../../support/session-office.ts';
import { dumpOf, type SqlBench } from '../../support/sql-bench.ts';

/** All that was written about one person's sessions, by them and by the staff: each in words of its own. */
const WORDS = ['the reason of their miss', 'the first worksheet', 'the second worksheet', 'the draft of a worksheet'];
const MORE_WORDS = ['what came of the other mode', 'why they leave', 'the reason of the staff', 'why it was moved'];

/** What an erasure takes from somebody of whom sessions are known, and that the audit is whole, on an engine. */
export function erasureSuite(name: string, createBench: () => Promise<SqlBench>): void {
  describe(`an erasure on ${name}`, () => {
    let bench: SqlBench;
    let office: SessionOffice;
    let coordinator: string;
    let one: Joined;
    let other: Joined;
    let feed: string;
    let full: string;
    let plan: Plan;
    let certificate: string;
    let kept: string;
    before(async () => {
      bench = await createBench();
      const retention = { erase: ['questionnaires', 'sessions'] };
      office = await openSessionOffice({ retention }, { store: await bench.open() });
      coordinator = await office.hire('coordinator');
      [one, other] = [await office.inArm('calls-arm'), await office.inArm('calls-arm')];
      for (const [whose, person] of Object.entries({ one, other })) await saySomething(person, whose);
      const calendar = await send(office, 'POST', own('me/calendar'), { language: 'en' }, by(one));
      feed = JSON.parse(calendar.body).address;
      await taken(office, one.device, withdrawal('study', { studyVersion: office.version, erase: true }));
      [full, plan] = [await dumpOf(bench), await planOf(one)];
      const answer = await office.staff(coordinator, 'POST', `participants/${one.id}/erasure`, { reason: 'As asked.' });
      assert.equal(answer.status, 200, answer.body);
      certificate = answer.body;
      kept = await dumpOf(bench);
    });
    after(async () => {
      await office.receiver.close();
      await bench.remove();
    });
    const own = (path: string) => `/studies/${office.study}/${path}`;
    const by = ({ device }: Joined) => ({ secret: device.token });

    async function saySomething(person: Joined, whose: string): Promise<void> {
      const [missed = '', first = '', second = '', draft = ''] = WORDS.map((words) => `${whose}: ${words}`);
      const [elsewhere = '', leaves = '', staff = '', moved = ''] = MORE_WORDS.map((words) => `${whose}: ${words}`);
      const homework = { type: 'homework', session: 'calls-1', task: 'questions' } as const;
      office.goTo('2026-03-12');
      await office.said(person, { type: 'missed', session: 'calls-1', reason: missed });
      for (const text of [first, second]) await office.said(person, { ...homework, text });
      await office.said(person, { ...homework, task: 'challenges', text: first });
      await office.said(person, { ...homework, task: 'challenges', text: ' ' });
      await office.said(person, { ...homework, text: elsewhere }, { mode: 'live' });
      await office.record(person, { event: 'missed', session: 'calls-1', at: '2026-03-12T18:00:00Z', reason: staff });
      // Both count by their reason alone.
      await office.record(person, { event: 'attended', session: 'calls-3', override: true, reason: staff });
      const time = { kind: 'time', about: 'calls-4', startsAt: '2026-06-30T16:00:00Z', reason: moved };
      await office.putUp('participant', person.id, time);
      const step = { study: office.study, studyVersion: office.version, step: 'session', startedAt: office.clock.now };
      const written = await send(
        office,
        'PUT',
        own('me/drafts/session'),
        { ...step, answers: { 'calls-1/recommendations': draft } },
        { ...by(person), headers: { 'If-None-Match': '*' } },
      );
      assert.equal(written.status, 201, written.body);
      await office.said(person, { type: 'left-intervention', reason: leaves });
    }

    interface Plan {
      readonly sessions: readonly unknown[];
      readonly events: readonly { readonly reason?: string }[];
    }

    const planOf = async ({ id }: Joined): Promise<Plan> =>
      JSON.parse((await office.staff(coordinator, 'GET', `participants/${id}/sessions`)).body);

    it('leaves no word that was written about their sessions in any table, and every word of the others', () => {
      for (const words of [...WORDS, ...MORE_WORDS]) {
        assert.ok(full.includes(`one: ${words}`), `${words}: was there`);
        assert.ok(!kept.includes(`one: ${words}`), `${words}: is there`);
        assert.ok(kept.includes(`other: ${words}`), `${words}: is gone of another`);
      }
    });

    it('leaves what happened, who wrote what when, and what follows from it', async () => {
      const { sessions, events, ...now } = await planOf(one);
      const withoutReasons = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value, (key, member) => (key === 'reason' ? undefined : member)));
      const { sessions: before, events: said, ...then } = plan;
      assert.deepEqual(now, then);
      assert.deepEqual(sessions, withoutReasons(before));
      assert.deepEqual(events, withoutReasons(said));
      assert.ok(said.some(({ reason }) => reason?.startsWith('one: ')));
      assert.ok(JSON.stringify(sessions).includes('"task":"questions","savedAt"'), 'that it was written');
      assert.ok(!JSON.stringify(sessions).includes('"task":"challenges"'), 'that it was taken back');
    });

    it('is vouched for, with how much of it there was, drafts in any case', async () => {
      const read = await readSignedDocument(certificate, erasureSchema, office.recordKeys.trusted);
      assert('document' in read);
      assert.deepEqual(
        read.document.erased.map(({ what, count }) => `${what} ${count}`),
        // Seven that they sent, what the staff said twice, and the time that was put up for them.
        ['questionnaires 1', 'sessions 10', 'drafts 1'],
      );
    });

    it('ends their calendar, and brings them back by no invitation', async () => {
      assert.equal((await office.ask(`/${feed}`)).status, 404);
      const again = await office.staff(coordinator, 'POST', `participants/${one.id}/invitation`, {});
      assert.deepEqual([again.status, again.problem()], [409, 'was-erased']);
    });

    describe('leaves an audit', () => {
      let checkpoint: string;
      before(async () => {
        const parts = { ...office, now: () => new Date(office.clock.now) };
        ({ text: checkpoint } = await makeCheckpoint(parts, office.study, 'test'));
      });
      const verify = async (...files: string[]): Promise<readonly AuditFinding[]> => {
        const { trusted } = office.recordKeys;
        const given = files.map((text) => ({ file: 'kept.checkpoint.json', text }));
        return (await verifyAudit({ ...office, trusted }, office.study, given)).findings;
      };
      const chain = () => `participant:${one.id}`;

      it('that is whole, and tells of it last', async () => {
        assert.deepEqual(await verify(checkpoint), []);
        const rows = await office.store.transaction((tx) => tx.auditRows(office.study, chain()));
        assert.equal(rows.at(-1)?.event, 'participant-erased');
        assert.ok(rows.some(({ event }) => event === 'session-received'));
      });

      const cases: readonly (readonly [what: string, statements: readonly string[], finding: string])[] = [
        ['changed', [`update audit set event = 'copy-taken' where @ and seq = 3`], 'altered 3'],
        ['removed', ['delete from audit where @ and seq = 3'], 'missing 3'],
        [
          'that changed places',
          [
            'update audit set seq = 999 where @ and seq = 3',
            'update audit set seq = 3 where @ and seq = 4',
            'update audit set seq = 4 where @ and seq = 999',
          ],
          'altered 3',
        ],
        ['cut off', ['delete from audit where @ and seq > 3'], 'cut-off 4'],
      ];
      /** Does something to the tables that the store would never do, and undoes it. */
      async function tampered(statements: readonly string[], look: () => Promise<void>): Promise<void> {
        const touched = ['audit', 'audit_heads'];
        for (const table of touched) await bench.sql(`create table ${table}_before as select * from ${table}`);
        try {
          for (const sql of statements) await bench.sql(sql.replaceAll('@', `chain = '${chain()}'`));
          await look();
        } finally {
          for (const table of touched) {
            await bench.sql(`delete from ${table}`);
            await bench.sql(`insert into ${table} select * from ${table}_before`);
            await bench.sql(`drop table ${table}_before`);
          }
        }
        assert.deepEqual(await verify(checkpoint), []);
      }
      const named = (findings: readonly AuditFinding[]) =>
        findings.map((one) => `${one.chain}: ${one.what} ${one.seq}`);

      for (const [what, statements, finding] of cases) {
        it(`in which the first row ${what} is found and named`, async () => {
          await tampered(statements, async () => assert.deepEqual(named(await verify()), [`${chain()}: ${finding}`]));
        });
      }

      it('of which a checkpoint tells what was cut off together with the end that the chain knows of', async () => {
        const end = 'update audit_heads set seq = 3, mac = (select mac from audit where @ and seq = 3) where @';
        await tampered(['delete from audit where @ and seq > 3', end], async () => {
          assert.deepEqual(await verify(), [], 'nothing in the database tells');
          assert.deepEqual(named(await verify(checkpoint)), [`${chain()}: cut-off 4`]);
        });
      });
    });
  });
}
