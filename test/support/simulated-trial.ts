/**
 * A whole trial of the demo, by its own study file and the receiver's own routes: people who go every way that there is, the staff
 * who recruit and erase, and a clock that is moved on for all of them. Who goes which way follows from their number alone.
 */
import assert from 'node:assert/strict';
import { correctArm, correctSiteArm, recordMove } from '../../src/receiver/allocation/corrections.ts';
import { drawPhases, startPhase } from '../../src/receiver/allocation/site-draws.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import type { ScreeningSubmission } from '../../src/submission/submission.ts';
import { documentIn, readDemoStudy, signs, taken, unsigned, withdrawal } from './consent-office.ts';
import { enrolled, me, newDevice, postAs } from './participants.ts';
import { cesFile, handedIn, type Joined, questionnaireOfficeFor, sentNow } from './questionnaire-office.ts';
import { contact, screening } from './receiver.ts';
import { type SessionOffice, sessionOffice } from './session-office.ts';
import {
  isThereAtTheEnd,
  isThereInTheMiddle,
  OUTSIDE,
  PLANS,
  type Plan,
  ROLES,
  type Way,
  wayOf,
} from './simulated-ways.ts';
import { partsOf, type Trial } from './trial-answers.ts';

export interface SimulatedPerson extends Joined {
  readonly way: Way;
}

/** A moment at which the trial can be counted, and which assessments are over then. */
export interface Moment {
  readonly name: 'begun' | 'in the middle' | 'over';
  readonly over: readonly string[];
}

export interface SimulatedTrial extends SessionOffice {
  readonly coordinator: string;
  /** Who made the links. */
  readonly recruiter: string;
}

/**
 * @param people how many come to the screening, or are invited
 * @param atMoment called at each moment, while the trial goes on
 */
export async function simulateTrial(
  trial: Trial,
  { store, people }: { readonly store: Store; readonly people: number },
  atMoment: (office: SimulatedTrial, moment: Moment) => Promise<void>,
): Promise<SimulatedTrial> {
  const simulation = await begin(trial, store);
  const { office, plan } = simulation;
  const [baseline, middle, last] = plan.assessments;
  const joined: SimulatedPerson[] = [];
  for (let index = 0; index < people; index += 1) {
    const person = await comesIn(simulation, index);
    if (person !== undefined) joined.push(person);
  }
  if (trial === 'mgh') await startFirstPhase(simulation, joined);
  for (const [index, person] of joined.entries()) await isChanged(simulation, person, index);
  office.goTo('2026-03-20');
  await atMoment(office, { name: 'begun', over: [] });

  office.goTo(plan.days[0]);
  for (const person of joined) await isInTheMiddle(simulation, person);
  office.goTo('2026-08-10');
  await atMoment(office, { name: 'in the middle', over: [baseline, middle] });

  office.goTo(plan.days[1]);
  for (const person of joined) if (isThereAtTheEnd(person.way)) await handsIn(simulation, person, last);
  for (const person of joined) if (person.way === 'erased-late') await leaves(simulation, person, 'erased');
  office.goTo('2027-06-01');
  await atMoment(office, { name: 'over', over: [baseline, middle, last] });
  return office;
}

interface Simulation {
  readonly trial: Trial;
  readonly plan: Plan;
  readonly office: SimulatedTrial;
  readonly parts: QuestionnaireSubmission['parts'];
  /** Two that many and few come by. */
  readonly links: readonly [many: string, few: string];
  /** Homes of the first phase and of the second; none in a trial without sites. */
  readonly homes: readonly [first: readonly string[], second: readonly string[]];
}

async function begin(trial: Trial, store: Store): Promise<Simulation> {
  const json = readDemoStudy(trial);
  const items = trial === 'mgh' ? { items: { [String(json.id)]: [cesFile()] } } : {};
  const here = await sessionOffice(await questionnaireOfficeFor(json, { store, ...items }));
  const [recruiter, coordinator] = [await here.hire('recruiter'), await here.hire('coordinator')];
  const office = { ...here, recruiter, coordinator };
  const makeLink = async (): Promise<string> => {
    const made = await office.staff(recruiter, 'POST', 'links', { channel: 'poster', language: 'en' });
    assert.equal(made.status, 201, made.body);
    return JSON.parse(made.body).code;
  };
  const homes = trial === 'mgh' ? await drawHomes(office) : ([[], []] as const);
  const links = [await makeLink(), await makeLink()] as const;
  return { trial, plan: PLANS[trial], office, parts: await partsOf(trial), links, homes };
}

const deskOf = ({ store, keys, clock }: SessionOffice) => ({ store, keys, now: () => new Date(clock.now) });

async function drawHomes(office: SessionOffice): Promise<Simulation['homes']> {
  const { rows } = await drawPhases(deskOf(office), office.study, ({ sites }) =>
    sites.map(({ id, organisation, size }) => ({ site: id, stratum: `${organisation} ${size}` })),
  );
  const of = (wanted: number) => rows.filter(({ phase }) => phase === wanted).map(({ site }) => site);
  return [of(1), of(2)];
}

/** The home of one who does all they are asked to is counted to the arm that was not drawn for it. */
async function startFirstPhase({ office }: Simulation, joined: readonly SimulatedPerson[]): Promise<void> {
  const { study } = office;
  const one = joined.findLast(({ way }) => way === 'completes')?.id ?? assert.fail('somebody completes');
  const home = (await office.store.transaction((tx) => tx.participant(study, one)))?.site ?? assert.fail('at a home');
  const { rows } = await startPhase(deskOf(office), { study, phase: 1, startsOn: '2026-03-16' });
  const arm = rows.find(({ site }) => site === home)?.arm === 'irtts' ? 'wilc' : 'irtts';
  await correctSiteArm(deskOf(office), { study, site: home, arm, reason: 'A test of a correction.' });
}

const own = ({ study, version, clock }: SimulatedTrial) => ({
  ...{ study, studyVersion: version, startedAt: clock.now, submittedAt: clock.now },
});

/** Up to the baseline. Undefined for who never takes part. */
async function comesIn(simulation: Simulation, index: number): Promise<SimulatedPerson | undefined> {
  const { trial, office, links } = simulation;
  const way = wayOf(trial, index);
  const source = index % 3 === 0 ? links[0] : index % 40 === 1 ? links[1] : undefined;
  if (source !== undefined) await office.ask(`/studies/${office.study}/links/${source}/opened`, { method: 'POST' });
  const given = screened(simulation, index, way, source);
  if (OUTSIDE.some((one) => one === way)) {
    assert.equal((await office.post(given)).status, 201);
    return undefined;
  }
  const person = trial === 'keck' ? await bySelf(simulation, given) : await byInvitation(simulation, given, way);
  await consents(simulation, { ...person, way });
  return { ...person, way };
}

function screened({ trial, plan, office, homes }: Simulation, index: number, way: Way, source?: string) {
  const [first, second] = plan.fails;
  const changed: Partial<Record<Way, Answers>> = {
    ...{ 'fails-first': first, 'fails-second': second, ineligible: first },
    ...{ 'fails-both': { ...first, ...second }, incomplete: plan.open },
  };
  const [inFirst, inSecond] = homes;
  const places = way === 'waits' ? inSecond : inFirst;
  const varied =
    trial === 'keck' ? { role: ROLES[index % ROLES.length] ?? 'md' } : { home: places[index % places.length] ?? '' };
  // Of a nurse nobody asks for credentials.
  const role = way === 'incomplete' && trial === 'keck' ? { role: 'pa' } : {};
  return screening({
    ...{ ...own(office), answers: { ...plan.eligible, ...varied, ...role, ...changed[way] } },
    ...(source !== undefined && { source }),
    ...(way === 'other-mode' && { mode: 'live' }),
  });
}

const reached = ({ id }: ScreeningSubmission): Answers => ({
  ...{ 'first-name': 'Ana', email: `p${id}@example.org`, 'preferred-way': 'email' },
});

async function bySelf({ office }: Simulation, given: ScreeningSubmission): Promise<Joined> {
  const device = await newDevice();
  assert.equal((await office.post(given)).receipt().next, 'contact');
  const answer = await office.post(contact(given, { ...own(office), ...device.hashes, answers: reached(given) }));
  assert.equal(answer.receipt().next, 'enrolled', answer.body);
  return { device, id: (await me(office, device, office.study)).participant };
}

async function byInvitation({ office }: Simulation, given: ScreeningSubmission, way: Way): Promise<Joined> {
  const { device, id } = await enrolled(office, { study: office.study, site: String(given.answers.home) });
  if (way === 'unscreened') return { device, id };
  assert.equal((await postAs(office, device.token, given)).status, 201);
  if (way === 'ineligible') return { device, id };
  const answers = reached(given);
  assert.equal((await postAs(office, device.token, contact(given, { ...own(office), answers }))).status, 201);
  return { device, id };
}

/** What they decide, up to their baseline. */
async function consents(simulation: Simulation, person: SimulatedPerson): Promise<void> {
  const { office, trial, plan } = simulation;
  const { device, way } = person;
  const leave = async (outcome: 'declined' | 'deferred') =>
    taken(office, device, await unsigned(documentIn(office, '0.1'), outcome, own(office)));
  if (way === 'undecided' || way === 'ineligible' || way === 'unscreened') return;
  if (way === 'defers') await leave('deferred');
  if (way === 'declines' || way === 'declined-first') await leave('declined');
  if (way === 'defers' || way === 'declines') return;
  await signsNow(simulation, person);
  if (way === 'withdraws-before') await leaves(simulation, person);
  if (way === 'erased-before') await leaves(simulation, person, 'erased');
  // Where sites are allocated, those of a later one hand in their baseline and wait.
  const isOnlySigned = way === 'waits' && trial === 'keck';
  if (isOnlySigned || way === 'withdraws-before' || way === 'erased-before') return;
  await handsIn(simulation, person, plan.assessments[0]);
  if (way === 'hands-in-twice') await handsIn(simulation, person, plan.assessments[0]);
  if (way === 'screened-twice') {
    const again = screening({ ...own(office), answers: { ...plan.eligible, ...plan.fails[0] } });
    assert.equal((await postAs(office, device.token, again)).status, 201);
  }
}

async function signsNow({ office }: Simulation, { device, id }: Joined): Promise<void> {
  const decided = await office.store.transaction((tx) => tx.decisions(office.study, id));
  const after = decided.at(-1)?.submission;
  await signs(office, device, { version: '0.1', ...own(office), ...(after !== undefined && { after }) });
}

async function handsIn({ office, parts }: Simulation, person: Joined, assessment: string): Promise<void> {
  await handedIn(office, person, sentNow(office, { ...own(office), assessment, parts }));
}

async function leaves({ office }: Simulation, { device, id }: Joined, how: 'erased' | 'kept' = 'kept'): Promise<void> {
  const erase = how === 'erased';
  await taken(office, device, withdrawal('study', { ...own(office), erase }));
  if (!erase) return;
  const done = await office.staff(office.coordinator, 'POST', `participants/${id}/erasure`, {
    reason: 'As they asked.',
  });
  assert.equal(done.status, 200, done.body);
}

/** What staff change of those who are allocated. */
async function isChanged({ trial, office, homes }: Simulation, person: SimulatedPerson, index: number): Promise<void> {
  if (person.way !== 'moved') return;
  const { study } = office;
  const desk = deskOf(office);
  if (trial === 'mgh') {
    const site = homes[1][index % homes[1].length] ?? '';
    return recordMove(desk, { study, participant: person.id, site, reason: 'Works there now.' });
  }
  const drawn = (await office.store.transaction((tx) => tx.allocation(study, person.id)))?.arm;
  const arm = drawn === 'control' ? 'ehr-skills' : 'control';
  await correctArm(desk, { study, participant: person.id, arm, reason: 'A test of a correction.' });
}

/** What they do some months after the start. */
async function isInTheMiddle(simulation: Simulation, person: SimulatedPerson): Promise<void> {
  const { office, plan } = simulation;
  const { way } = person;
  if (way === 'stops') await office.said(person, { type: 'left-intervention', reason: 'Too much to do.' });
  if (way === 'comes-back') {
    await leaves(simulation, person);
    await signsNow(simulation, person);
  }
  if (way === 'erased') {
    const [session] = (await office.told(person)).plan;
    if (session !== undefined) await office.said(person, { type: 'missed', session: session.id, reason: 'On call.' });
  }
  if (isThereInTheMiddle(way)) await handsIn(simulation, person, plan.assessments[1]);
  if (way === 'withdraws') await leaves(simulation, person);
  if (way === 'erased') await leaves(simulation, person, 'erased');
}
