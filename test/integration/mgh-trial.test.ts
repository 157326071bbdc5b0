/**
 * The MGH trial as somebody of a group home goes through it, from an invitation to the end of their home's 18 months: in Spanish,
 * on the endpoint's own page, at the keyboard. Homes are drawn by `steady allocate`; staff hold sessions by the routes.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, type TestContext, test } from 'node:test';
import { parseCsv } from '../../src/cli/csv.ts';
import { run } from '../../src/cli/steady.ts';
import { addTo, localTimes } from '../../src/schedule/days.ts';
import { runCommand, withFiles } from '../support/command-io.ts';
import { inLane, launchShared } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { demoDocument, reader, readOnTo, signAs } from '../support/person/consent.ts';
import { atOnce, byKeyboard } from '../support/person/hands.ts';
import { invite } from '../support/person/invited.ts';
import { mghEligible, type Person, spanish } from '../support/person/people.ts';
import { policyViolations } from '../support/person/policy.ts';
import { answerToTheEnd, said, untilAsked } from '../support/person/questionnaire.ts';
import { isLedTo, questionnaireTag, trackerTag, untilSaid } from '../support/person/sheet.ts';
import { newcomer } from '../support/person/stage.ts';
import {
  type Attender,
  attender,
  backToOverview,
  hasArrived,
  openSession,
  untilTold,
} from '../support/person/tracker.ts';
import { openTrialStage, type TrialStage } from '../support/person/trial-stage.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';
import { joinsMgh } from '../support/trial-people.ts';

/** Today, since `steady allocate` goes by the machine's clock; and in two weeks the phase starts. */
const TODAY = new Date().toISOString().slice(0, 10);
const START = addTo(TODAY, 'P2W');
const ZONE = 'America/New_York';
const consent = demoDocument('mgh', 'es');
const study = JSON.parse(readFileSync(new URL('../../demo/studies/mgh.study.json', import.meta.url), 'utf8'));
const TITLES = { irtts: 'Capacitación en resiliencia', wilc: 'Grupo de aprendizaje' } as const;

inLane('firefox', () => {
  describe('the MGH trial: firefox', { concurrency: 1 }, () => {
    let stage: TrialStage;
    let browser: JourneyBrowser;
    /** Of each arm a home of the first phase. */
    let homes: Readonly<Record<keyof typeof TITLES, string>>;

    before(async () => {
      [stage, browser] = await Promise.all([openTrialStage('mgh', new Date().toISOString()), launchShared('firefox')]);
      homes = await drawHomes(stage);
    });
    after(() => Promise.all([stage?.close(), browser?.close()]));

    const pageFor = (source: string) => `${stage.demo.receiver.url}/p/${consent.study}?lang=es&source=${source}`;

    async function arrives(t: TestContext, link: string, time?: string): Promise<Attender> {
      const { tab, leave } = await newcomer(browser, 'about:blank');
      t.after(leave);
      await stage.visit(tab, link, time);
      await acceptsInvitation(tab);
      return attender(tab, byKeyboard, 'es');
    }

    /** From the tracker to the questionnaire that is open, to its end, and back. */
    async function followsUp(way: Attender, title: string): Promise<void> {
      const { tab, say, hands } = way;
      await untilTold(way, title, say('mark-open'));
      await hands.follow(say('tracker-answer'));
      await untilAsked(tab);
      await isLedTo(way.tab, questionnaireTag);
      const filler = { tab, hands: atOnce(tab, questionnaireTag), language: 'es' } as const;
      assert.equal((await answerToTheEnd(filler)).heading, said(filler, 'answers-sent-title'));
      await byKeyboard(tab).press('Volver a la vista general');
      await isLedTo(way.tab, trackerTag);
    }

    test('WILC: a home of the other arm is told of its meetings alone, and of an optional group', async (t) => {
      const { office } = stage;
      const { id } = await joinsMgh(office, homes.wilc);
      const way = await arrives(t, await stage.wayBack(id, pageFor('mgh-wilc')));
      await isToldOnly(way, 'wilc');
      const { text } = await untilTold(way, 'Reunión del grupo de aprendizaje', way.say('tracker-optional'));
      assert.ok(text.includes('Cuestionario después de 12 meses'));
      assert.deepEqual(await policyViolations(way.tab), []);
    });

    test('IRTTS: invited, allocated with their home, misses that nothing follows from, boosters apart, both follow-ups, to the end', async (t) => {
      const { office, database } = stage;
      const { irtts: home } = homes;
      const source = 'mgh-to-the-end';
      const { id, link } = await invite(
        stage,
        { study: consent.study, page: pageFor(source) },
        '--count',
        '1',
        '--site',
        home,
      );
      const way = await arrives(t, link, addTo(TODAY, 'P1W'));
      const { hands, say, tab } = way;
      const joining = { words: spanish, person: workingAt(home), hands: atOnce };
      await answerScreening(tab, joining);
      await leaveContact(tab, joining);
      await untilSaid(tab, spanish.thanks);
      const onPage = byKeyboard(tab);
      await onPage.press('Continuar');
      const reading = reader(tab, atOnce, consent);
      await readOnTo(reading, reading.say('decision-title'));
      await signAs(reading, 'Inés Pardo');
      await onPage.press('Continuar');
      await untilAsked(tab);
      await answerToTheEnd({ tab, hands: atOnce(tab, questionnaireTag), language: 'es' });
      await onPage.press('Continuar');
      await isLedTo(way.tab, trackerTag);
      await isToldOnly(way, 'irtts');

      for (const [index, startsAt] of localTimes(`${START}T11:00`, 'P2W', 6, ZONE).entries()) {
        const time = { kind: 'time', about: `resilience-${index + 1}`, startsAt };
        await office.putUp('site', home, { ...time, link: 'https://meet.example.org/home' });
      }
      const happens = async (day: string, event: string, session: string) => {
        office.goTo(day);
        await office.record({ id }, { event, session });
      };
      const meets = (number: number, event: string) =>
        happens(addTo(START, 'P2W', number - 1), event, `resilience-${number}`);
      await meets(1, 'attended');
      await meets(2, 'attended');
      await stage.visit(tab, pageFor(source), addTo(START, 'P2W', 2));
      const third = say('tracker-line-session').replace('{number}', '3');
      await openSession(way, third);
      await hands.press(say('session-absent'));
      await untilTold(way, say('absence-title'));
      await hands.write({ kind: 'text', title: say('absence-reason'), choices: [] }, 'Estaba de guardia.');
      await hands.press(say('absence-send'));
      await untilTold(way, say('mark-missed'), hasArrived(way), 'Estaba de guardia.');
      await backToOverview(way);
      const missed = await stage.standing(id);
      assert.deepEqual([missed.outstanding, missed.reviews, missed.state], [['resilience-3'], [], 'open']);
      await meets(4, 'attended');
      await meets(5, 'missed');
      await meets(6, 'attended');

      await happens(addTo(START, 'P3M'), 'attended', 'booster-1');
      await happens(addTo(START, 'P3M'), 'missed', 'focus-group-1');
      await stage.visit(tab, pageFor(source), addTo(addTo(START, 'P3M'), 'P1D'));
      await untilTold(way, say('tracker-optional'));
      await followsUp(way, 'Cuestionario después de 3 meses');
      const counted = await stage.standing(id);
      assert.deepEqual(counted.outstanding, ['resilience-3', 'resilience-5'], 'the focus group stays outside');
      assert.deepEqual(counted.reviews, []);

      // Nine months later the same browser still knows them.
      await stage.visit(tab, pageFor(source), addTo(addTo(START, 'P12M'), 'P17D'));
      await followsUp(way, 'Cuestionario después de 12 meses');

      // The house meets weekly, until its 18 months are over.
      office.goTo(addTo(addTo(START, 'P18M'), 'P4D'));
      for (const { session, window } of (await stage.standing(id)).sessions) {
        const at = `${window.first}T20:00:00.000Z`;
        if (/^house/.test(session)) await office.record({ id }, { event: 'attended', session, at });
      }
      await stage.visit(tab, pageFor(source));
      await untilTold(way, say('tracker-all-done'));
      assert.deepEqual(await policyViolations(tab), []);

      const sittings = database.sittings(source).map(({ assessment, deviations }) => [assessment, deviations]);
      assert.deepEqual(sittings, [
        ['baseline', []],
        ['month-3', []],
        ['month-12', []],
      ]);
      assert.deepEqual(
        database.decisions(source).map(({ outcome }) => outcome),
        ['signed'],
      );
      const said = database.said(source).filter((one) => !one.includes('house-meeting'));
      assert.deepEqual(said, [
        ...['facilitator attended resilience-1', 'facilitator attended resilience-2'],
        ...['participant missed resilience-3', 'facilitator attended resilience-4'],
        ...['facilitator missed resilience-5', 'facilitator attended resilience-6'],
        ...['facilitator attended booster-1', 'facilitator missed focus-group-1'],
      ]);
    });
  });
});

async function acceptsInvitation(tab: JourneyBrowser): Promise<void> {
  await untilSaid(tab, 'Tiene una invitación');
  await atOnce(tab).press('Empezar');
}

/** Draws the phases of all homes, and the arms of the first: as the team does, before any of its people is invited. */
async function drawHomes({ demo }: TrialStage): Promise<Readonly<Record<keyof typeof TITLES, string>>> {
  const { databaseFile } = demo.receiver;
  const allocate = async (...args: readonly string[]) => {
    const where = ['--data', databaseFile, '--keys', databaseFile.replace(/steady\.sqlite$/, 'keys')];
    const { code, stderr, stdout } = await runCommand(run, ['allocate', consent.study, ...args, ...where]);
    assert.equal(code, 0, stderr);
    return parseCsv(stdout).map(({ cells }) => cells);
  };
  const table = ['site', ...study.sites.map((site: { readonly id: string }) => site.id)].join('\n');
  await withFiles({ 'homes.csv': table }, async (pathOf) => void (await allocate('--sites', pathOf('homes.csv'))));
  const drawn = await allocate('--phase', '1', '--start', START);
  const homeIn = (arm: string) => drawn.find((cells) => cells[1] === arm)?.[0] ?? assert.fail(arm);
  return { irtts: homeIn('irtts'), wilc: homeIn('wilc') };
}

/** Somebody of this home. */
function workingAt(home: string): Person {
  const { title } = study.sites.find((site: { readonly id: string }) => site.id === home);
  const screening = Object.entries(mghEligible.screening).map(([asked, answer]) =>
    [asked, answer].map((words) => words.replace('Amber Acorn House', title)),
  );
  return { ...mghEligible, screening: Object.fromEntries(screening) };
}

/** The tracker names the arm of their home, and no other. */
async function isToldOnly(way: Attender, arm: keyof typeof TITLES): Promise<void> {
  const { text } = await untilTold(way, TITLES[arm]);
  const other = TITLES[arm === 'irtts' ? 'wilc' : 'irtts'];
  assert.ok(!text.includes(other), other);
}
