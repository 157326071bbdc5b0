import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { verifyChain } from '../../../src/receiver/audit.ts';
import { toldCounts } from '../../../src/receiver/links/link-counts.ts';
import { linkAnywhere, makeLink } from '../../../src/receiver/links/links.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import type { Store, StoreTransaction } from '../../../src/receiver/store/store.ts';
import { newLinkCode } from '../../../src/submission/link-code.ts';
import { newDevice } from '../../support/participants.ts';
import { contact, INELIGIBLE, ring, screening, studyJson } from '../../support/receiver.ts';
import { openStaffOffice, SITES, type StaffOffice } from '../../support/staff-office.ts';

/** What a recruiter does with links, what comes of them, and what nobody learns by it. */

const DAY = 24 * 60 * 60 * 1000;
const LINKS = '/studies/ward/links';

describe('a recruiter’s link', () => {
  let office: StaffOffice;
  let recruiter: string;
  beforeEach(async () => {
    office = await openStaffOffice({ embedDir: '/nowhere' });
    recruiter = (await office.hire('recruiter')).token;
  });
  afterEach(() => office.receiver.close());

  const post = (token: string, path: string, body?: unknown) =>
    office.as(token, path, {
      method: 'POST',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  const opened = (code: string) => office.ask(`${LINKS}/${code}/opened`, { method: 'POST' });
  const linksOf = async (token: string) => JSON.parse((await office.as(token, LINKS)).body).links;
  const countsOf = async (token: string, code: string) =>
    (await linksOf(token)).find((one: { code: string }) => one.code === code)?.counts;
  const rowOf = async (idOf: string) =>
    (await office.store.transaction((tx) => tx.screenings('ward'))).find(({ id }) => id === idOf);

  it('is made for a site, a channel and a language, and can be read out', async () => {
    const made = await post(recruiter, LINKS, { site: 'north', channel: 'poster', language: 'en' });
    assert.equal(made.status, 201);
    const { code, grouped, path, source, state, createdAt } = JSON.parse(made.body);
    assert.match(code, /^[0-9A-Z]{8}$/);
    assert.deepEqual([grouped.replace('-', ''), path, source, state], [code, `j/${code}`, 'north-poster', 'open']);
    assert.equal(createdAt, office.clock.now);
    const audit = await office.store.transaction((tx) => tx.auditRows('ward', 'study'));
    assert.deepEqual(audit.at(-1)?.event, 'link-made');
    assert.equal(audit.at(-1)?.subjects[0], code);
  });

  const REFUSED: readonly (readonly [what: string, body: Record<string, unknown>, faults: string[]])[] = [
    ['a site that the study has not', { site: 'east' }, ['site no-such']],
    ['a language that the study does not speak', { language: 'fr' }, ['language no-such']],
    ['an end that is past', { expiresAt: '2026-03-09T10:15:30Z' }, ['expiresAt too-early']],
    ['a source of several lines', { source: 'a\nb' }, ['source form']],
    ['anything else', { name: 'Ana' }, ['name unknown']],
  ];
  for (const [what, body, faults] of REFUSED) {
    it(`is not made for ${what}`, async () => {
      const answer = await post(recruiter, LINKS, { channel: 'poster', language: 'en', ...body });
      assert.deepEqual([answer.status, answer.problem(), answer.faults()], [422, 'not-a-request', faults]);
    });
  }

  it('is for one of their sites, where a recruiter is limited to some', async () => {
    const { token } = await office.hire('recruiter', { sites: ['south'] });
    const faults = async (more: object) =>
      (await post(token, LINKS, { channel: 'poster', language: 'en', ...more })).faults();
    assert.deepEqual(await faults({}), ['site missing']);
    assert.deepEqual(await faults({ site: 'north' }), ['site no-such']);
    assert.equal((await post(token, LINKS, { channel: 'poster', language: 'en', site: 'south' })).status, 201);
  });

  it('is seen by who made it, and by coordinators of its site', async () => {
    const code = await office.link(recruiter, { site: 'north' });
    const { token: other } = await office.hire('recruiter');
    const { token: coordinator } = await office.hire('coordinator');
    const { token: south } = await office.hire('coordinator', { sites: ['south'] });
    const codes = async (token: string) => (await linksOf(token)).map((one: { code: string }) => one.code);
    assert.deepEqual(await codes(recruiter), [code]);
    assert.deepEqual(await codes(coordinator), [code]);
    assert.deepEqual(await codes(other), []);
    assert.deepEqual(await codes(south), []);
    for (const token of [other, south])
      assert.equal((await post(token, `${LINKS}/${code}/expired`)).problem(), 'unknown-link');
    assert.equal((await post(recruiter, `${LINKS}/${code}/expired`)).status, 204);
    assert.equal((await post(coordinator, `${LINKS}/${code}/expired`)).status, 204, 'again is the same as once');
    assert.equal((await linksOf(recruiter))[0].state, 'expired');
  });

  it('gives a screening its source, known to be true, and a participant its site', async () => {
    const code = await office.link(recruiter, { site: 'north', source: 'Café «Süd»' });
    const by = screening({ source: ` ${code.slice(0, 4)}-${code.slice(4).toLowerCase()}` });
    assert.deepEqual((await office.post(by)).receipt().deviations, []);
    const row = await rowOf(by.id);
    assert.deepEqual([row?.source, row?.link], ['Café «Süd»', code]);
    await office.post(contact(by, (await newDevice()).hashes));
    const [participant] = await office.store.transaction((tx) => tx.participants('ward', { limit: 9 }));
    assert.equal(participant?.site, 'north');
    const chains = await office.store.transaction((tx) => tx.auditHeads('ward'));
    assert.ok(chains.some(({ chain }) => chain === 'screening:2026-03-09:Café «Süd»'));
  });

  it('is not claimed by what only says so: another word, a slip, another study’s code', async () => {
    const code = await office.link(recruiter);
    const { token } = await office.hire('recruiter', { study: 'home' });
    const made = await office.as(token, '/studies/home/links', {
      method: 'POST',
      body: JSON.stringify({ channel: 'poster', language: 'en' }),
      headers: { 'Content-Type': 'application/json' },
    });
    const { code: foreign } = JSON.parse(made.body);
    for (const source of ['poster', `${code.slice(0, 7)}${code.endsWith('0') ? '1' : '0'}`, foreign, newLinkCode()]) {
      const given = screening({ source });
      assert.equal((await office.post(given)).status, 201);
      const row = await rowOf(given.id);
      assert.deepEqual([row?.source, row?.link], [source, null]);
    }
  });

  it('counts what came of it; of the few who were eligible or have signed it tells a recruiter no number', async () => {
    const code = await office.link(recruiter);
    const { token: coordinator } = await office.hire('coordinator');
    for (let count = 0; count < 3; count += 1) assert.equal((await opened(code.toLowerCase())).status, 204);
    for (let count = 0; count < 4; count += 1) await office.post(screening({ source: code }));
    await office.post(screening({ source: code, answers: INELIGIBLE }));
    await office.post(screening({ source: code, mode: 'live' }));
    assert.deepEqual(await countsOf(recruiter, code), { opened: 3, completed: 5, eligible: '<5', consented: '<5' });
    assert.deepEqual(await countsOf(coordinator, code), { opened: 3, completed: 5, eligible: 4, consented: 0 });
    await office.post(screening({ source: code }));
    assert.deepEqual(await countsOf(recruiter, code), { opened: 3, completed: 6, eligible: 5, consented: '<5' });
    const { body } = await office.as(recruiter, LINKS);
    assert.doesNotMatch(body, /total|sum|Ana/);
  });

  it('tells no number that others give away: alike from nothing to four, and no sum', () => {
    for (let count = 0; count < 5; count += 1) {
      const counts = { opened: 20, completed: 9, eligible: count, consented: count };
      assert.deepEqual(toldCounts(counts), { opened: 20, completed: 9, eligible: '<5', consented: '<5' });
    }
    const told = toldCounts({ opened: 9, completed: 9, eligible: 9, consented: 5 });
    assert.deepEqual([told.eligible, told.consented], [9, 5]);
  });

  it('says where it leads, to anyone, and counts nothing by that', async () => {
    const code = await office.link(recruiter, { site: 'south' });
    const answer = await office.ask(`${LINKS}/${code}`);
    assert.deepEqual(JSON.parse(answer.body), { code, open: true, state: 'open', language: 'en', site: 'south' });
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    await office.ask(`/j/${code}`);
    assert.equal((await countsOf(recruiter, code)).opened, 0);
    for (const path of [`${LINKS}/${newLinkCode()}`, `${LINKS}/poster`, `/studies/home/links/${code}`]) {
      assert.equal((await office.ask(path)).problem(), 'unknown-link');
    }
    assert.equal((await office.ask(`/studies/none/links/${code}`)).problem(), 'unknown-study');
  });

  it('is counted from one address as often as any submission, and no more', async () => {
    const limited = await openStaffOffice({ limits: { perSource: 3, perCaller: 1000 } });
    const { token } = await limited.hire('recruiter');
    const code = await limited.link(token);
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await limited.ask(`${LINKS}/${code}/opened`, { method: 'POST' })).status);
    }
    assert.deepEqual(statuses, [204, 204, 204, 429]);
    await limited.receiver.close();
  });

  it('of test mode is none in live', async () => {
    const code = await office.link(recruiter);
    const live = await openStaffOffice({ store: office.store, mode: 'live', embedDir: '/nowhere' });
    assert.equal((await live.ask(`${LINKS}/${code}`)).problem(), 'unknown-link');
    assert.equal((await live.ask(`/j/${code}`)).status, 404);
  });

  it('that has ended still tells where a screening came from that was begun before, and that it had', async () => {
    const code = await office.link(recruiter, { expiresAt: '2026-03-10T00:00:00Z' });
    office.clock.now = new Date(Date.parse(office.clock.now) + DAY).toISOString();
    assert.equal(JSON.parse((await office.ask(`${LINKS}/${code}`)).body).state, 'expired');
    const late = screening({ source: code });
    assert.ok((await office.post(late)).receipt().deviations.includes('link-expired'));
    assert.equal((await rowOf(late.id))?.link, code);
  });

  it('has a code that no other study has, however the drawing goes', async () => {
    const code = await office.link(recruiter);
    const { store, keys } = office;
    const drawn = [code, code, newLinkCode()];
    const parts = { keys, mode: 'test', now: () => new Date(office.clock.now), newId: () => 'l2' } as const;
    const wanted = { study: 'home', site: null, channel: 'poster', language: 'en', source: 'poster', createdBy: 't' };
    const row = await store.transaction((tx) =>
      makeLink(tx, parts, { ...wanted, expiresAt: null }, () => drawn.shift() ?? ''),
    );
    assert.notEqual(row.code, code);
    assert.equal(
      await store.transaction((tx) => linkAnywhere(tx, new Map(), code, 'test')),
      undefined,
      'not served here',
    );
  });

  describe('while recruitment is paused', () => {
    const RECRUITMENT = '/studies/ward/recruitment';
    let coordinator: string;
    beforeEach(async () => {
      coordinator = (await office.hire('coordinator')).token;
    });
    const change = async (state: 'open' | 'paused', site?: string) =>
      JSON.parse((await post(coordinator, RECRUITMENT, { state, ...(site !== undefined && { site }) })).body);
    const studyNow = async () => {
      const answer = await office.ask('/studies/ward');
      return [JSON.parse(answer.body).recruitment, answer.headers.get('etag')];
    };

    it('for the study, everything says so at once, and at once it is over', async () => {
      const code = await office.link(recruiter);
      const [, before] = await studyNow();
      assert.deepEqual(await change('paused'), {
        recruitment: 'paused',
        sites: SITES.map(({ id }) => ({ site: id, recruitment: 'paused' })),
      });
      const [state, etag] = await studyNow();
      assert.equal(state, 'closed');
      assert.notEqual(etag, before, 'nobody goes on with what they have');
      assert.equal(JSON.parse((await office.ask(`${LINKS}/${code}`)).body).state, 'paused');
      const given = screening();
      assert.deepEqual((await office.post(given)).receipt().deviations, ['recruitment-closed']);
      const reached = (await office.post(contact(given, (await newDevice()).hashes))).receipt();
      assert.deepEqual([reached.deviations, reached.next], [['recruitment-closed'], undefined]);

      await change('open');
      assert.deepEqual(await studyNow(), ['open', before]);
      assert.deepEqual((await office.post(screening())).receipt().deviations, []);
      const audit = await office.store.transaction((tx) => tx.auditRows('ward', 'study'));
      assert.deepEqual(
        audit.slice(-2).map(({ event }) => event),
        ['recruitment-paused', 'recruitment-reopened'],
      );
    });

    it('for a site, its links say so and nobody is enrolled by them; the others go on', async () => {
      const [north, south] = [
        await office.link(recruiter, { site: 'north' }),
        await office.link(recruiter, { site: 'south' }),
      ];
      await change('paused', 'north');
      const stateOf = async (code: string) => JSON.parse((await office.ask(`${LINKS}/${code}`)).body).state;
      assert.deepEqual([await stateOf(north), await stateOf(south), (await studyNow())[0]], ['paused', 'open', 'open']);
      const outcomes: unknown[] = [];
      for (const source of [north, south]) {
        const given = screening({ source });
        const screened = (await office.post(given)).receipt();
        const reached = (await office.post(contact(given, (await newDevice()).hashes))).receipt();
        outcomes.push([screened.deviations, reached.next]);
      }
      assert.deepEqual(outcomes, [
        [['recruitment-closed'], undefined],
        [[], 'enrolled'],
      ]);
    });

    it('how it stands at every site is asked of the database once', async () => {
      let asked = 0;
      const store = await openSqliteStore(':memory:');
      const counting: Store = {
        ...store,
        transaction: (work) =>
          store.transaction((tx) => {
            const recruitment: StoreTransaction['recruitment'] = (study) => {
              asked += 1;
              return tx.recruitment(study);
            };
            return work({ ...tx, recruitment });
          }),
      };
      const many = Array.from({ length: 40 }, (_, index) => ({ id: `home-${index}`, title: `Home ${index}` }));
      const here = await openStaffOffice({ store: counting, studies: [studyJson({ sites: many })] });
      const { token } = await here.hire('coordinator');
      asked = 0;
      const { sites } = JSON.parse((await here.as(token, RECRUITMENT)).body);
      assert.deepEqual([sites.length, asked], [40, 1]);
      await here.receiver.close();
    });

    it('again is the same as once, and is told once', async () => {
      await change('paused', 'north');
      await change('paused', 'north');
      const audit = await office.store.transaction((tx) => tx.auditRows('ward', 'study'));
      assert.equal(audit.filter(({ event }) => event === 'recruitment-paused').length, 1);
      await office.store.transaction(async (tx) => {
        for (const head of await tx.auditHeads('ward')) {
          assert.deepEqual(verifyChain(await tx.auditRows('ward', head.chain), head, ring(1)), []);
        }
      });
    });

    it('is for coordinators, of their own sites', async () => {
      const { token: south } = await office.hire('coordinator', { sites: ['south'] });
      assert.deepEqual((await post(south, RECRUITMENT, { state: 'paused' })).faults(), ['site missing']);
      assert.deepEqual((await post(south, RECRUITMENT, { state: 'paused', site: 'north' })).faults(), ['site no-such']);
      const done = await post(south, RECRUITMENT, { state: 'paused', site: 'south' });
      assert.deepEqual(JSON.parse(done.body).sites, [{ site: 'south', recruitment: 'paused' }]);
      assert.equal((await post(recruiter, RECRUITMENT, { state: 'paused' })).problem(), 'role-not-allowed');
      assert.equal((await office.as(recruiter, RECRUITMENT)).status, 200);
    });

    it('does not reopen what the study file has closed', async () => {
      const closed = await openStaffOffice({ studies: [studyJson({ recruitment: 'closed', sites: SITES })] });
      const { token } = await closed.hire('coordinator');
      const answer = await closed.as(token, RECRUITMENT, {
        method: 'POST',
        body: JSON.stringify({ state: 'open' }),
        headers: { 'Content-Type': 'application/json' },
      });
      assert.equal(JSON.parse(answer.body).recruitment, 'closed');
      await closed.receiver.close();
    });
  });
});
