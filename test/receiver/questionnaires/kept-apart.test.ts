import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { addStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { documentIn, STUDY, signs, somebody, taken, unsigned, withdrawal } from '../../support/consent-office.ts';
import { as, enrolled, eventsOf, send } from '../../support/participants.ts';
import {
  allOf,
  byScale,
  handedIn,
  type Joined,
  keptOf,
  myAssessments,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  sentNow,
} from '../../support/questionnaire-office.ts';
import { NOW } from '../../support/receiver.ts';

/** Questionnaires of those whose consent does not stand, and what coordinators decide of them. */

let office: QuestionnaireOffice;
let coordinator: string;

/** A receiver of its own for each test of a group. */
function inOffice(): void {
  beforeEach(async () => {
    office = await openQuestionnaireOffice();
    coordinator = await hire();
  });
  afterEach(() => office.receiver.close());
}

async function hire(sites: readonly string[] = []): Promise<string> {
  const { store, keys } = office;
  const staff = { study: STUDY, role: 'coordinator', name: 'Ana Ruiz', sites, series: [], days: 180 } as const;
  return (await addStaff({ store, keys, now: () => new Date(office.clock.now) }, staff)).token;
}

interface Listed {
  readonly submission: string;
  readonly participant?: string;
  readonly why: string;
  readonly state: string;
  readonly rulings: readonly { readonly ruling: string; readonly reason: string }[];
}

async function listed(token = coordinator): Promise<readonly Listed[]> {
  const answer = await as(office, token, `/studies/${STUDY}/staff/kept-apart`);
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body).keptApart;
}

const rule = (submission: string, ruling: string, secret = coordinator, reason = 'Signed on paper, 3 March') =>
  send(office, 'POST', `/studies/${STUDY}/staff/kept-apart/${submission}`, { ruling, reason }, { secret });

/** Somebody without a consent hands in a baseline, which the test is about. */
async function handedInWithout(person?: Joined): Promise<{ person: Joined; given: ReturnType<typeof questionnaire> }> {
  const who = person ?? (await somebody(office));
  const given = questionnaire();
  await handedIn(office, who, given);
  return { person: who, given };
}

const armOf = (id: string) => office.store.transaction(async (tx) => (await tx.allocation(STUDY, id)) !== undefined);

describe('a questionnaire of somebody whose consent does not stand', () => {
  inOffice();
  const standings = {
    'no-consent': async () => somebody(office),
    'consent-declined': async () => {
      const person = await somebody(office);
      await taken(office, person.device, await unsigned(documentIn(office), 'declined'));
      return person;
    },
    'consent-withdrawn': async () => {
      const person = await office.join();
      await taken(office, person.device, withdrawal());
      return person;
    },
  } as const;
  for (const [deviation, arrive] of Object.entries(standings)) {
    it(`is kept apart: not scored, not counted, nobody allocated (${deviation})`, async () => {
      const person = await arrive();
      const given = questionnaire();
      const answer = await handedIn(office, person, given);
      assert.deepEqual(answer.receipt().deviations, [deviation]);
      const { row, scores } = await keptOf(office, given);
      assert.deepEqual([row?.apart, row?.counted, scores], [deviation, null, []]);
      assert.equal(
        (await office.store.transaction((tx) => tx.submission(STUDY, given.id)))?.body,
        JSON.stringify(given),
      );
      assert.equal(await armOf(person.id), false);
      assert.ok(!(await myAssessments(office, person)).some((one) => /^baseline done/.test(one)));
      const [one, ...others] = await listed();
      assert.deepEqual(
        [one?.submission, one?.participant, one?.why, one?.state, one?.rulings, others],
        [given.id, person.id, deviation, 'waiting', [], []],
      );
    });
  }

  it('is not let in by a signature that comes later', async () => {
    const { person, given } = await handedInWithout();
    await signs(office, person.device);
    const { row, scores } = await keptOf(office, given);
    assert.deepEqual([row?.counted, scores], [null, []]);
    const second = questionnaire();
    assert.deepEqual(
      (await handedIn(office, person, second)).receipt().deviations,
      [],
      'and this is the first that counts',
    );
    assert.ok(await armOf(person.id));
  });

  it('is not apart where they have left the sessions alone', async () => {
    const person = await office.join();
    await taken(office, person.device, withdrawal('intervention'));
    const { row } = await keptOf(office, (await handedInWithout(person)).given);
    assert.equal(row?.apart, null);
  });
});

describe('a coordinator', () => {
  inOffice();
  it('releases one: it is scored, counts, and allocates whose consent stands by now', async () => {
    const { person, given } = await handedInWithout();
    await signs(office, person.device);
    assert.equal((await rule(given.id, 'release')).status, 204);
    const { row, scores } = await keptOf(office, given);
    assert.ok(row?.counted !== null && byScale(scores)['phq9 total'] === 8);
    assert.ok(await armOf(person.id));
    assert.equal((await myAssessments(office, person))[0], `baseline done 2026-03-09 2026-04-06 ${NOW}`);
    const [one] = await listed();
    assert.equal(one?.state, 'released');
    assert.deepEqual(
      one?.rulings.map(({ ruling, reason }) => [ruling, reason]),
      [['release', 'Signed on paper, 3 March']],
    );
    assert.ok((await eventsOf(office, person.id, STUDY)).includes('questionnaire-released'));
  });

  it('releases one of somebody who has not signed: it is scored, and nobody is allocated, which is flagged', async () => {
    const { person, given } = await handedInWithout();
    assert.equal((await rule(given.id, 'release')).status, 204);
    assert.ok((await keptOf(office, given)).scores.length > 0);
    assert.equal(await armOf(person.id), false);
    const flags = await office.store.transaction((tx) => tx.flags(STUDY, { limit: 9 }));
    assert.deepEqual(
      flags.map(({ kind, subjects }) => [kind, subjects]),
      [['not-allocated-no-consent', [person.id, given.id]]],
    );
  });

  it('releases one after another has come to count: that one stays the first', async () => {
    const { person, given } = await handedInWithout();
    await signs(office, person.device);
    office.clock.now = '2026-03-10T18:00:00.000Z';
    await handedIn(office, person, sentNow(office));
    assert.equal((await rule(given.id, 'release')).status, 204);
    assert.equal(
      (await myAssessments(office, person))[0],
      'baseline done 2026-03-09 2026-04-06 2026-03-10T18:00:00.000Z',
    );
  });

  it('keeps one out, and may release it later; what counts stays', async () => {
    const { given } = await handedInWithout();
    assert.equal((await rule(given.id, 'keep-out', coordinator, 'Never signed')).status, 204);
    assert.equal((await listed())[0]?.state, 'kept-out');
    assert.deepEqual((await keptOf(office, given)).scores, []);
    assert.deepEqual([(await rule(given.id, 'keep-out')).problem()], ['ruled-before']);
    assert.equal((await rule(given.id, 'release')).status, 204);
    for (const ruling of ['release', 'keep-out']) {
      const again = await rule(given.id, ruling);
      assert.deepEqual([again.status, again.problem()], [409, 'ruled-before']);
    }
    assert.deepEqual(
      (await listed())[0]?.rulings.map(({ ruling }) => ruling),
      ['keep-out', 'release'],
    );
  });

  it('decides with a reason, about what is kept apart alone', async () => {
    const { given } = await handedInWithout();
    const person = await office.join();
    const counting = questionnaire();
    await handedIn(office, person, counting);
    const path = `/studies/${STUDY}/staff/kept-apart/${given.id}`;
    const release = { ruling: 'release' };
    for (const body of [
      release,
      { ...release, reason: '' },
      { ...release, reason: 'tw\0' },
      { ruling: 'erase', reason: 'x' },
    ]) {
      assert.equal((await send(office, 'POST', path, body, { secret: coordinator })).problem(), 'not-a-request');
    }
    for (const id of [counting.id, questionnaire().id]) {
      const answer = await rule(id, 'release');
      assert.deepEqual([answer.status, answer.problem()], [404, 'unknown-questionnaire']);
    }
    assert.deepEqual(
      (await eventsOf(office, person.id, STUDY)).filter((one) => /released/.test(one)),
      [],
      'nor is it told of',
    );
  });

  it('does not release what claims another mode', async () => {
    const person = await office.join();
    const given = questionnaire({ mode: 'live' });
    await handedIn(office, person, given);
    const answer = await rule(given.id, 'release');
    assert.deepEqual([answer.status, answer.problem()], [409, 'not-releasable']);
    assert.deepEqual((await keptOf(office, given)).scores, []);
    assert.equal((await rule(given.id, 'keep-out')).status, 204);
  });

  it('of other sites sees nothing of it, and cannot decide', async () => {
    const person = await enrolled(office, { study: STUDY, site: 'north' });
    const { given } = await handedInWithout(person);
    const nobodys = questionnaire({ mode: 'live', assessment: 'pulse', parts: [allOf('brs', 6, 3)] });
    await office.post(nobodys);
    const [north, south] = [await hire(['north']), await hire(['south'])];
    const seen = async (token: string) => (await listed(token)).map(({ submission }) => submission);
    assert.deepEqual(await seen(coordinator), [nobodys.id, given.id]);
    assert.deepEqual([await seen(north), await seen(south)], [[given.id], []]);
    assert.equal((await rule(given.id, 'release', south)).problem(), 'unknown-questionnaire');
    assert.equal((await rule(given.id, 'release', north)).status, 204);
  });

  it('decides once where two decide at the same moment', async () => {
    const { given } = await handedInWithout();
    const answers = await Promise.all([rule(given.id, 'release'), rule(given.id, 'release')]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409]);
    assert.equal((await keptOf(office, given)).scores.length, 5);
  });
});
