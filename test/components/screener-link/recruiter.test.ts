import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Recruiter } from '../../../components/screener-link/recruiter.ts';
import { StaffCalls } from '../../../src/delivery/staff-calls.ts';
import { openStaffOffice, type StaffOffice } from '../../support/staff-office.ts';

/** A recruiter's page without a screen, with a real receiver at the other end. */

describe('a recruiter', () => {
  let office: StaffOffice;
  let token: string;
  let isDown: boolean;
  /** What the page waits for before the next answer comes. */
  let held: Promise<void> | undefined;
  let focused: number;
  let recruiter: Recruiter;

  const callsTo = (study: string) =>
    new StaffCalls('http://receiver.test', study, async (...request) => {
      if (isDown) throw new TypeError('no network');
      const response = await office.receiver.fetch(new Request(...request), {
        incoming: { socket: { remoteAddress: '192.0.2.1' } },
      });
      await held;
      return response;
    });

  beforeEach(async () => {
    office = await openStaffOffice();
    ({ token } = await office.hire('recruiter', { name: 'Ana Ruiz' }));
    isDown = false;
    held = undefined;
    focused = 0;
    recruiter = new Recruiter({ changed: () => {}, focus: () => focused++ });
    recruiter.use(callsTo('ward'));
  });
  afterEach(() => office.receiver.close());

  const trouble = () => recruiter.trouble?.words;

  it('signs in by a token that came with spaces around it, and sees their own links', async () => {
    const other = (await office.hire('recruiter')).token;
    await office.link(other);
    const code = await office.link(token, { site: 'north' });
    await recruiter.signIn(` ${token}\n`);
    assert.deepEqual([recruiter.staff?.name, recruiter.stage.at, trouble()], ['Ana Ruiz', 'links', undefined]);
    assert.deepEqual(
      recruiter.links.map((link) => [link.code, link.site, link.counts]),
      [[code, 'north', { opened: 0, completed: 0, eligible: '<5', consented: '<5' }]],
    );
  });

  it('is told why a token does not open this study', async () => {
    for (const [typed, words] of [
      ['', 'link-token-missing'],
      ['steady-staff-wrong', 'link-token-wrong'],
      ['señal 🗝', 'link-token-wrong'],
      [(await office.hire('statistician')).token, 'link-role'],
      [(await office.hire('recruiter', { study: 'home' })).token, 'link-token-wrong'],
    ] as const) {
      await recruiter.signIn(typed);
      assert.deepEqual([recruiter.stage.at, trouble(), recruiter.busy], ['sign-in', words, false]);
    }
    isDown = true;
    await recruiter.signIn(token);
    assert.equal(trouble(), 'link-unreachable');
    isDown = false;
    await recruiter.signIn(token);
    assert.equal(recruiter.stage.at, 'links');
  });

  it('makes a link and looks at it; back at all of them, it has its counts', async () => {
    await recruiter.signIn(token);
    assert.equal(await recruiter.make({ site: 'south', channel: 'poster', language: 'en' }), true);
    const { code } = recruiter.link ?? assert.fail('no link');
    assert.deepEqual(recruiter.stage, { at: 'link', code, isNew: true });
    await office.ask(`/studies/ward/links/${code}/opened`, { method: 'POST' });
    await recruiter.showAll();
    assert.equal(recruiter.link, undefined);
    assert.equal(recruiter.links[0]?.counts?.opened, 1);
    recruiter.show(code);
    assert.deepEqual(recruiter.stage, { at: 'link', code, isNew: false });
  });

  it('is told what the endpoint refused, and stays where they were', async () => {
    await recruiter.signIn(token);
    assert.equal(await recruiter.make({ site: 'nowhere', channel: 'poster', language: 'en' }), false);
    assert.deepEqual(recruiter.trouble, { words: 'link-refused', params: { code: 'not-a-request' } });
    assert.equal(recruiter.stage.at, 'links');
  });

  it('ends a link after being asked once more', async () => {
    await recruiter.signIn(token);
    await recruiter.make({ channel: 'chat', language: 'en' });
    const { code = '' } = recruiter.link ?? {};
    recruiter.askToEnd(true);
    assert.equal(recruiter.isEnding, true);
    await recruiter.end();
    assert.deepEqual([recruiter.link?.state, recruiter.isEnding], ['expired', false]);
    const { status } = await office.ask(`/j/${code}`);
    assert.notEqual(status, 200);
  });

  it('learns that recruitment is paused, for the study or for one site', async () => {
    const { token: coordinator } = await office.hire('coordinator');
    const pause = (change: object) =>
      office.as(coordinator, '/studies/ward/recruitment', {
        method: 'POST',
        body: JSON.stringify(change),
        headers: { 'Content-Type': 'application/json' },
      });
    await recruiter.signIn(token);
    assert.equal(recruiter.recruitmentAt('north'), 'open');
    await pause({ state: 'paused', site: 'north' });
    await recruiter.showAll();
    assert.deepEqual(
      [recruiter.recruitmentAt(), recruiter.recruitmentAt('north'), recruiter.recruitmentAt('south')],
      ['open', 'paused', 'open'],
    );
    await pause({ state: 'paused' });
    await recruiter.showAll();
    assert.deepEqual([recruiter.recruitmentAt(), recruiter.recruitmentAt('south')], ['paused', 'paused']);
  });

  it('is signed out, with nothing left, once the token has ended', async () => {
    await recruiter.signIn(token);
    await recruiter.make({ channel: 'chat', language: 'en' });
    office.clock.now = '2027-03-09T10:15:30.000Z';
    await recruiter.showAll();
    assert.deepEqual([recruiter.stage.at, trouble()], ['sign-in', 'link-signed-out']);
    assert.deepEqual([recruiter.links, recruiter.staff, recruiter.recruitmentAt()], [[], undefined, undefined]);
  });

  it('who has signed out meanwhile is not signed in by a late answer', async () => {
    let release = () => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    const signingIn = recruiter.signIn(token);
    recruiter.signOut({ words: 'link-idle' });
    release();
    await signingIn;
    assert.deepEqual(
      [recruiter.stage.at, recruiter.staff, trouble(), recruiter.busy],
      ['sign-in', undefined, 'link-idle', false],
    );
  });

  it('of another study begins anew', async () => {
    await recruiter.signIn(token);
    recruiter.use(callsTo('home'));
    assert.deepEqual([recruiter.stage.at, recruiter.links], ['sign-in', []]);
  });

  it('is taken to what changed: every other screen asks for the focus', async () => {
    await recruiter.signIn(token);
    await recruiter.make({ channel: 'chat', language: 'en' });
    await recruiter.showAll();
    assert.ok(focused >= 3);
  });
});
