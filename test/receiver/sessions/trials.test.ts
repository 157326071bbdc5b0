import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { correctSiteArm } from '../../../src/receiver/allocation/corrections.ts';
import { drawPhases, startPhase } from '../../../src/receiver/allocation/site-draws.ts';
import { addTo, localTimes } from '../../../src/schedule/days.ts';
import { readDemoStudy } from '../../support/consent-office.ts';
import { me } from '../../support/participants.ts';
import {
  cesFile,
  type Joined,
  myAssessments,
  mySteps,
  questionnaireOfficeFor,
} from '../../support/questionnaire-office.ts';
import { correctedTo, type SessionOffice, sessionOffice } from '../../support/session-office.ts';
import type { Trial } from '../../support/trial-answers.ts';
import { answers, joinsKeck, joinsMgh } from '../../support/trial-people.ts';

/** Both trials by the demo's own study files, from the screening to the last visit, with every day handed in. */

async function openTrial(trial: Trial): Promise<SessionOffice> {
  const json = readDemoStudy(trial);
  const items = trial === 'mgh' ? { items: { [String(json.id)]: [cesFile()] } } : {};
  return sessionOffice(await questionnaireOfficeFor(json, items));
}

const states = async (office: SessionOffice, person: Joined): Promise<string> =>
  (await office.told(person)).plan
    .filter(({ optional, series }) => !optional && series !== 'house-meeting')
    .map(({ state }) => state)
    .join(' ');

describe('Keck, to the last visit', () => {
  /** From their own screening to the allocation, counted to an arm. */
  async function takesPart(office: SessionOffice, arm: string): Promise<Joined> {
    const person = await joinsKeck(office);
    await correctedTo(office, office.study, person, arm);
    const { sessions } = await me(office, person.device, office.study);
    assert.equal(sessions?.arm.id, arm);
    return person;
  }

  /** The follow-ups of everybody, whatever became of their sessions, and nothing left to do. */
  async function isFollowedUp(office: SessionOffice, people: readonly Joined[], ends: string): Promise<void> {
    office.goTo('2026-06-02');
    for (const person of people) {
      assert.match((await myAssessments(office, person, office.study)).join(), /week-12 open 2026-06-01 2026-06-29/);
      await answers(office, 'keck', person, 'week-12');
    }
    office.goTo('2026-12-01');
    for (const person of people) {
      await answers(office, 'keck', person, 'month-6');
      assert.equal(
        await mySteps(office, person, office.study),
        `screening done, contact done, consent done, questionnaire done${ends}, next null`,
      );
    }
    await office.receiver.close();
  }

  /** A group meets on Tuesdays at five, each time at that time of the day, through the change of clocks. */
  async function meetsOnTuesdays(office: SessionOffice, people: readonly Joined[], series: string): Promise<string[]> {
    const token = await office.hire('coordinator');
    for (const { id } of people) {
      const joined = await office.staff(token, 'PUT', `participants/${id}/group`, { group: 'tuesdays' });
      assert.equal(joined.status, 204, joined.body);
    }
    const times = localTimes('2026-03-10T17:00', 'P2W', 6, 'America/Los_Angeles');
    for (const [index, startsAt] of times.entries()) {
      const meeting = { startsAt, link: 'https://meet.example.org/t', minutes: 45 };
      await office.putUp('group', 'tuesdays', { kind: 'time', about: `${series}-${index + 1}`, ...meeting });
    }
    return times.map((time) => addTo(time.slice(0, 10), 'P1D'));
  }

  it('Performance Improvement: a missed session is offered as a recording, and counts once it was seen', async () => {
    const office = await openTrial('keck');
    const person = await takesPart(office, 'performance-improvement');
    const after = await meetsOnTuesdays(office, [person], 'improvement');
    const first = await office.session(person, 'improvement-1');
    assert.deepEqual(
      [first.startsAt, first.minutes, first.link, first.leader?.en],
      ['2026-03-11T00:00:00Z', 45, 'https://meet.example.org/t', 'a member of the systems-reengineering team'],
    );
    for (const [index, on] of after.entries()) {
      const session = `improvement-${index + 1}`;
      office.goTo(on);
      if (index === 1) {
        await office.said(person, { type: 'missed', session, reason: 'On call.' });
        await office.putUp('series', 'improvement', {
          kind: 'recording',
          about: session,
          link: 'https://v.example.org/2',
        });
        const { offers } = await office.told(person);
        assert.deepEqual(
          offers.map(({ offer, sessions, text }) => [offer, sessions, text?.en]),
          [['recording', [session], 'You can see a recording of the teaching part.']],
        );
        assert.deepEqual(await office.said(person, { type: 'recording-viewed', session }), []);
      } else await office.record(person, { event: 'attended', session });
      if (index < 5) {
        const task = { type: 'homework', session, task: 'task', text: `Tried ${session}.` } as const;
        assert.deepEqual(await office.said(person, task), []);
      }
    }
    assert.equal(await states(office, person), 'attended made-up attended attended attended attended');
    const { counts, offers, reviews } = await office.told(person);
    assert.deepEqual([counts?.attended, counts?.received, counts?.missed, offers, reviews], [5, 6, 1, [], []]);
    await isFollowedUp(office, [person], ', session done');
  });

  it('Emotional Wellbeing: whoever has not seen what they missed is warned, and comes all the same', async () => {
    const office = await openTrial('keck');
    const person = await takesPart(office, 'emotional-wellbeing');
    const after = await meetsOnTuesdays(office, [person], 'wellbeing');
    for (const [index, on] of after.entries()) {
      const session = `wellbeing-${index + 1}`;
      office.goTo(on);
      await office.record(person, { event: index === 2 ? 'missed' : 'attended', session });
      const { warnings, plan } = await office.told(person);
      assert.deepEqual(
        [...new Set(warnings.flatMap(({ unseen }) => unseen))],
        index >= 2 && index < 5 ? ['wellbeing-3'] : [],
      );
      assert.ok(warnings.every(({ locked }) => !locked));
      assert.equal(plan[index]?.homework.length, index < 5 ? 1 : 0, 'none follows the last');
    }
    assert.equal(await states(office, person), 'attended attended missed attended attended attended');
    await isFollowedUp(office, [person], ', session done');
  });

  it('EHR Skills: asked to reschedule at two misses, spoken with at three, and withdrawn by nobody', async () => {
    const office = await openTrial('keck');
    const [stays, leaves] = [await takesPart(office, 'ehr-skills'), await takesPart(office, 'ehr-skills')];
    const at = async (person: Joined) => {
      const { offers, outstanding, reviews, state } = await office.told(person);
      return [offers[0]?.offer, outstanding.join(), reviews.length, state];
    };
    for (const [index, on] of ['2026-03-11', '2026-03-25', '2026-04-08'].entries()) {
      office.goTo(on);
      for (const person of [stays, leaves]) {
        await office.said(person, { type: 'missed', session: `ehr-${index + 1}`, reason: 'Too much to do.' });
      }
      const expected = [
        ['new-time', 'ehr-1', 0, 'open'],
        ['reschedule', 'ehr-1,ehr-2', 0, 'open'],
        ['reschedule', 'ehr-1,ehr-2,ehr-3', 1, 'open'],
      ];
      assert.deepEqual(await at(stays), expected[index]);
    }
    const flags = await office.store.transaction((tx) => tx.flags(office.study, { limit: 99 }));
    assert.equal(flags.filter(({ kind }) => kind === 'withdrawal-review').length, 2);

    const startsAt = '2026-04-10T16:00:00Z';
    const slot = await office.putUp('series', 'ehr', { kind: 'slot', about: 'ehr', startsAt, place: 'Room 3' });
    assert.deepEqual(await office.said(stays, { type: 'reschedule-asked', session: 'ehr-1', slot }), []);
    office.goTo('2026-04-11');
    await office.record(stays, { event: 'attended', session: 'ehr-1' });
    await office.record(stays, { event: 'review-closed', series: 'ehr', reason: 'They go on.' });
    assert.deepEqual(await at(stays), ['reschedule', 'ehr-2,ehr-3', 0, 'open']);
    await office.said(leaves, { type: 'left-intervention', reason: 'I was asked, and I would rather stop.' });
    assert.deepEqual(await at(leaves), [undefined, 'ehr-1,ehr-2,ehr-3', 1, 'left']);

    for (const [index, on] of ['2026-04-22', '2026-05-06', '2026-05-20'].entries()) {
      office.goTo(on);
      await office.record(stays, { event: index === 1 ? 'partial' : 'attended', session: `ehr-${index + 4}` });
    }
    office.goTo('2026-06-02');
    assert.equal(await states(office, stays), 'attended missed missed attended partial attended');
    assert.equal(await states(office, leaves), 'missed missed missed not-completed not-completed not-completed');
    await isFollowedUp(office, [stays, leaves], ', session done');
  });

  it('Control: questionnaires alone, and no session anywhere', async () => {
    const office = await openTrial('keck');
    const person = await takesPart(office, 'control');
    const { plan, counts, offers } = await office.told(person);
    assert.deepEqual([plan, counts, offers], [[], null, []]);
    assert.deepEqual(await office.said(person, { type: 'missed', session: 'ehr-1', reason: 'x' }), ['unknown-session']);
    await isFollowedUp(office, [person], '');
  });
});

describe('MGH, to the last visit', () => {
  it('both arms: homes meet, boosters and focus groups stay outside all counts, and nothing follows from misses', async () => {
    const office = await openTrial('mgh');
    const { store, keys, clock, study } = office;
    const desk = { store, keys, now: () => new Date(clock.now) };
    const { rows } = await drawPhases(desk, study, ({ sites }) =>
      sites.map(({ id, organisation, size }) => ({ site: id, stratum: `${organisation} ${size}` })),
    );
    assert.equal(Math.max(...rows.map(({ phase }) => phase)), 3);
    const homes = rows.filter(({ phase }) => phase === 1).map(({ site }) => site);
    const [one = '', other = ''] = homes;

    const [inTraining, inCollaborative] = [await joinsMgh(office, one), await joinsMgh(office, other)];
    assert.equal((await me(office, inTraining.device, study)).sessions, undefined, 'before the phase starts');
    await startPhase(desk, { study, phase: 1, startsOn: '2026-03-16' });
    for (const [site, arm] of [
      [one, 'irtts'],
      [other, 'wilc'],
    ] as const) {
      const drawn = await store.transaction((tx) => tx.siteArm(study, 'test', site));
      if (drawn?.arm !== arm) await correctSiteArm(desk, { study, site, arm, reason: 'A test of this arm.' });
    }

    const begun = await office.told(inTraining);
    assert.deepEqual([begun.arm.id, begun.start], ['irtts', '2026-03-16']);
    const [meeting] = begun.plan.filter(({ series }) => series === 'house-meeting');
    assert.equal(meeting?.window.first, '2026-03-16');
    await office.putUp('site', one, { kind: 'time', about: 'house-meeting-1', startsAt: '2026-03-17T13:00:00Z' });
    assert.equal((await office.session(inTraining, 'house-meeting-1')).startsAt, '2026-03-17T13:00:00Z');
    office.goTo('2026-03-18');
    await office.record(inTraining, { event: 'attended', session: 'house-meeting-1' });
    for (let number = 1; number <= 6; number += 1) {
      office.goTo(addTo('2026-03-18', 'P2W', number - 1));
      const event = number === 2 || number === 4 ? 'missed' : 'attended';
      await office.record(inTraining, { event, session: `resilience-${number}` });
      assert.deepEqual((await office.told(inTraining)).offers, [], 'no rule says what follows');
    }
    office.goTo('2026-06-17');
    const before = (await office.told(inTraining)).counts;
    await office.record(inTraining, { event: 'attended', session: 'booster-1' });
    await office.record(inTraining, { event: 'missed', session: 'focus-group-1' });
    const { counts, outstanding, reviews } = await office.told(inTraining);
    assert.deepEqual(counts, before);
    assert.deepEqual(
      [counts?.planned, counts?.attended, outstanding, reviews],
      [6, 4, ['resilience-2', 'resilience-4'], []],
    );
    await office.record(inCollaborative, { event: 'attended', session: 'collaborative-4' });
    assert.ok(
      (await office.told(inCollaborative)).plan.every(({ series }) =>
        ['collaborative', 'focus-group'].includes(series),
      ),
    );

    const people = [inTraining, inCollaborative];
    for (const [assessment, on] of [
      ['month-3', '2026-06-20'],
      ['month-12', '2027-03-20'],
    ] as const) {
      office.goTo(on);
      for (const person of people) await answers(office, 'mgh', person, assessment);
    }
    assert.match(await mySteps(office, inTraining, study), /questionnaire done, session due, next session$/);
    office.goTo('2027-09-17');
    for (const person of people) {
      assert.match(await mySteps(office, person, study), /questionnaire done, session done, next null$/);
      assert.ok((await myAssessments(office, person, study)).every((told) => / done /.test(told)));
    }
    await office.receiver.close();
  });
});
