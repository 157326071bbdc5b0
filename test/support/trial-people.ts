/** People of the two trials, by the receiver's routes alone: what their browsers would send it. */
import assert from 'node:assert/strict';
import { remaining } from '../../src/allocation/blocks.ts';
import { planOf } from '../../src/receiver/allocation/rows.ts';
import type { Answers } from '../../src/study/answers.ts';
import { signs } from './consent-office.ts';
import { enrolled, me, newDevice, postAs } from './participants.ts';
import { handedIn, type Joined, sentNow } from './questionnaire-office.ts';
import { contact, screening } from './receiver.ts';
import type { SessionOffice } from './session-office.ts';
import { partsOf, type Trial } from './trial-answers.ts';

export const ELIGIBLE: Readonly<Record<Trial, Answers>> = {
  keck: { role: 'md', credentialed: 'yes', 'works-at-keck': true, 'job-stress': 'some' },
  mgh: { age: 34, employment: 'permanent', home: 'amber-acorn' },
};

export const REACHED: Answers = { 'first-name': 'Ana', email: 'ana@example.org', 'preferred-way': 'email' };

/** Signs the office's first version of the document, now. */
export async function signsHere(office: SessionOffice, { device }: Pick<Joined, 'device'>): Promise<void> {
  const version = office.source.consent.versions[0]?.version ?? assert.fail('a consent without a version');
  const { now } = office.clock;
  await signs(office, device, { version, studyVersion: office.version, startedAt: now, submittedAt: now });
}

/** Hands in an assessment, as nobody could find fault with. */
export async function answers(office: SessionOffice, trial: Trial, person: Joined, assessment: string): Promise<void> {
  const given = sentNow(office, {
    ...{ study: office.study, studyVersion: office.version, assessment },
    parts: await partsOf(trial),
  });
  const receipt = (await handedIn(office, person, given)).receipt();
  assert.deepEqual(receipt.deviations, [], assessment);
  assert.notEqual(receipt.next, 'session', 'a receipt tells no arm');
}

/** A clinician of Keck, from their own screening to the baseline, after which they are allocated. */
export async function joinsKeck(office: SessionOffice): Promise<Joined> {
  const { now } = office.clock;
  const own = { study: office.study, studyVersion: office.version, startedAt: now, submittedAt: now };
  const device = await newDevice();
  const screened = screening({ ...own, answers: ELIGIBLE.keck });
  assert.equal((await office.post(screened)).receipt().next, 'contact');
  const reached = contact(screened, { ...own, ...device.hashes, answers: REACHED });
  assert.equal((await office.post(reached)).receipt().next, 'enrolled');
  const person = { device, id: (await me(office, device, office.study)).participant };
  assert.equal((await me(office, device, office.study)).next, 'consent');
  await signsHere(office, person);
  assert.equal((await me(office, device, office.study)).next, 'questionnaire');
  await answers(office, 'keck', person, 'baseline');
  return person;
}

/** Somebody of a home of MGH's, from their invitation to the baseline, by which their home is settled. */
export async function joinsMgh(office: SessionOffice, site: string): Promise<Joined> {
  const { study, version: studyVersion } = office;
  const person = await enrolled(office, { study, site });
  const { now } = office.clock;
  const own = { study, studyVersion, startedAt: now, submittedAt: now };
  const screened = screening({ ...own, answers: { ...ELIGIBLE.mgh, home: site } });
  assert.equal((await postAs(office, person.device.token, screened)).receipt().next, 'contact');
  const reached = await postAs(office, person.device.token, contact(screened, { ...own, answers: REACHED }));
  assert.equal(reached.status, 201, reached.body);
  await signsHere(office, person);
  await answers(office, 'mgh', person, 'baseline');
  return person;
}

/**
 * Lets others join the trial, in one stratum, until the open block has nothing left but places of one arm: whoever comes next
 * must be drawn into it. The last places of a block follow from those before; nothing else about a draw is foreseen.
 *
 * @returns of each arm somebody who has joined
 */
export async function joinUntilNextIs(office: SessionOffice, arm: string): Promise<ReadonlyMap<string, Joined>> {
  const joined = new Map<string, Joined>();
  for (;;) {
    const person = await joinsKeck(office);
    const { drawn, left } = await drawnFor(office, person);
    joined.set(drawn, person);
    if (left.length > 0 && left.every((one) => one === arm)) return joined;
  }
}

/** The arm that somebody was drawn into, and those that still have places in the block. */
async function drawnFor(
  { store, study }: SessionOffice,
  { id }: Joined,
): Promise<{ readonly drawn: string; readonly left: readonly string[] }> {
  return store.transaction(async (tx) => {
    const own = (await tx.allocation(study, id)) ?? assert.fail('they are allocated');
    const block = (await tx.allocationBlock(own, own.block)) ?? assert.fail('from a block');
    const taken = (await tx.places(own, own.block)).map((place) => place.arm);
    const rest = remaining({ plan: planOf(block), size: block.blockSize }, taken);
    return { drawn: own.arm, left: rest.filter(({ places }) => places > 0).map((one) => one.arm) };
  });
}
