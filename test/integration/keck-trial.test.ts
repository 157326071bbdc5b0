/**
 * The Keck trial as participants go through it, from the page on which it is embedded to its end nine months later: on a phone,
 * by touch. With the real receiver and a clock that all of them live by; staff hold sessions by its routes.
 */
import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { run } from '../../src/cli/steady.ts';
import { localTimes } from '../../src/schedule/days.ts';
import { runCommand } from '../support/command-io.ts';
import { inLane, launchShared } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { demoDocument, reader, readOnTo, signAs } from '../support/person/consent.ts';
import { atOnce, byTouch } from '../support/person/hands.ts';
import { accept } from '../support/person/invited.ts';
import { keckEligible, portal } from '../support/person/people.ts';
import { policyViolations } from '../support/person/policy.ts';
import { answerToTheEnd, said, untilAsked } from '../support/person/questionnaire.ts';
import { consentTag, questionnaireTag, untilSaid, untilSheet } from '../support/person/sheet.ts';
import { newcomer } from '../support/person/stage.ts';
import {
  type Attender,
  askForTime,
  attender,
  backToOverview,
  openSession,
  sayAbsent,
  untilTold,
  untilWritten,
} from '../support/person/tracker.ts';
import { openTrialStage, type TrialStage } from '../support/person/trial-stage.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';
import type { Joined } from '../support/questionnaire-office.ts';
import { joinUntilNextIs } from '../support/trial-people.ts';

const PHONE = { width: 390, height: 844 };
const ZONE = 'America/Los_Angeles';
const consent = demoDocument('keck', 'en');
const ARMS = {
  'performance-improvement': 'Performance Improvement',
  'emotional-wellbeing': 'Emotional Wellbeing',
  'ehr-skills': 'EHR Skills Optimization',
} as const;

inLane('chromium', () => {
  describe('the Keck trial: chromium', { concurrency: 1 }, () => {
    let stage: TrialStage;
    let browser: JourneyBrowser;
    /** Of each arm somebody, who came before. */
    let others: ReadonlyMap<string, Joined>;

    before(async () => {
      [stage, browser] = await Promise.all([
        // In Los Angeles it is Monday morning.
        openTrialStage('keck', '2025-03-03T17:00:00.000Z'),
        launchShared('chromium', { viewport: PHONE }),
      ]);
      others = await joinUntilNextIs(stage.office, 'ehr-skills');
    });
    after(() => Promise.all([stage?.close(), browser?.close()]));

    const addressOf = (page: string, source: string) => `${stage.demo.url}${page}?source=${encodeURIComponent(source)}`;

    /** Somebody with a telephone, on the day that it is. */
    async function telephone(t: TestContext, page: string): Promise<Attender> {
      const { tab, leave } = await newcomer(browser, 'about:blank');
      t.after(leave);
      await tab.resize(PHONE);
      await stage.visit(tab, page);
      return attender(tab, byTouch, 'en');
    }

    /** Somebody who has come by the routes so far: by a link that the team has made. */
    async function opensTheirPage(t: TestContext, { id }: Joined): Promise<Attender> {
      const way = await telephone(t, await stage.wayBack(id, addressOf('/portal/mine/', 'a link')));
      await accept(way.tab, consentTag);
      return way;
    }

    /** The tracker names their own arm, if it has sessions, and no other. */
    async function isToldOnly(way: Attender, arm: keyof typeof ARMS | 'control'): Promise<void> {
      const own = arm === 'control' ? way.say('tracker-title-no-sessions') : ARMS[arm];
      const { text } = await untilTold(way, own);
      const foreign = Object.entries(ARMS).filter(([id]) => id !== arm);
      for (const [, title] of foreign) assert.ok(!text.includes(title), title);
    }

    /** From the tracker to the questionnaire that is open, and to its end. */
    async function followsUp(way: Attender, title: string): Promise<void> {
      const { tab, say } = way;
      await untilTold(way, title, say('mark-open'));
      await way.hands.follow(say('tracker-answer'));
      await untilAsked(tab);
      assert.equal(await tab.evaluate(() => document.activeElement?.id), 'questions', 'they are led there');
      const filler = { tab, hands: atOnce(tab, questionnaireTag), language: 'en' } as const;
      assert.equal((await answerToTheEnd(filler)).heading, said(filler, 'answers-sent-title'));
    }

    test('a group: what was missed is seen as a recording, what is between the sessions is written; and no session for the control', async (t) => {
      const { office } = stage;
      const person = others.get('emotional-wellbeing') ?? assert.fail('nobody was drawn into it');
      const control = others.get('control') ?? assert.fail('nobody was drawn into it');
      const joined = await office.staff(stage.coordinator, 'PUT', `participants/${person.id}/group`, {
        group: 'tuesdays',
      });
      assert.equal(joined.status, 204, joined.body);
      for (const [index, startsAt] of localTimes('2025-03-04T17:00', 'P2W', 6, ZONE).entries())
        await office.putUp('group', 'tuesdays', { kind: 'time', about: `wellbeing-${index + 1}`, startsAt });
      office.goTo('2025-03-05');
      await office.record(person, { event: 'attended', session: 'wellbeing-1' });
      office.goTo('2025-03-19');
      await office.record(person, { event: 'missed', session: 'wellbeing-2' });
      const link = 'https://recordings.example.org/wellbeing-2';
      await office.putUp('series', 'wellbeing', { kind: 'recording', about: 'wellbeing-2', link });

      const way = await opensTheirPage(t, person);
      const { say, tab } = way;
      await isToldOnly(way, 'emotional-wellbeing');
      await untilTold(way, 'You can see a recording of what you missed.', say('mark-missed'));
      await openSession(way, 'Emotional Wellbeing session 2');
      const opening = { role: 'link', name: new RegExp(say('recording-open')) };
      await tab.waitFor(opening);
      assert.deepEqual(await leadsTo(tab, say('recording-open')), { href: link, rel: 'noopener noreferrer' });
      await way.hands.press(say('recording-seen'));
      await untilTold(way, say('mark-made-up'), 'You said on Wednesday, March 19');
      await way.hands.write({ kind: 'text', title: say('homework-worksheet'), choices: [] }, 'What I noticed.');
      await backToOverview(way);
      await tab.reload();
      await openSession(way, 'Session 2');
      await untilTold(way, 'Saved Mar 19');
      await untilWritten(way, ['What I noticed.']);
      const { outstanding, sessions } = await stage.standing(person.id);
      assert.deepEqual(statesOf(sessions).slice(0, 3), ['attended', 'made-up', 'scheduled']);
      assert.deepEqual(outstanding, [], 'what was seen is made good');
      assert.deepEqual(await policyViolations(tab), []);

      const compared = await opensTheirPage(t, control);
      await isToldOnly(compared, 'control');
      const { buttons, text } = await untilTold(compared, 'Questionnaire after 12 weeks');
      assert.doesNotMatch([text, ...buttons].join(), /session|calendar|could not come/i);
    });

    test('EHR Skills: from the first question to the last, with three misses, new times, a review, and no withdrawal', async (t) => {
      const { office, database } = stage;
      const source = 'keck to the end';
      const mine = addressOf('/portal/mine/', source);
      office.goTo('2025-03-24');
      const way = await telephone(t, stage.at(portal, source));
      const { hands, say, tab } = way;
      const joining = { words: portal.words, person: keckEligible, hands: atOnce };
      await answerScreening(tab, joining);
      await leaveContact(tab, joining);
      await untilSaid(tab, portal.words.thanks);
      await tab.open(mine);
      const reading = reader(tab, atOnce, consent);
      const isThere = ({ heading }: { readonly heading: string }) => heading === consent.sections[0]?.title;
      await untilSheet(tab, 'the document', isThere, { element: consentTag });
      await readOnTo(reading, reading.say('decision-title'));
      await signAs(reading, 'Ana Pérez');
      await untilAsked(tab);
      await answerToTheEnd({ tab, hands: atOnce(tab, questionnaireTag), language: 'en' });
      assert.equal(database.armOf(source), 'ehr-skills', 'by the receiver’s own draw');
      await isToldOnly(way, 'ehr-skills');

      // One to one, at ten in the morning; and times that can be asked for.
      const id = database.participantOf(source);
      for (const [index, startsAt] of localTimes('2025-03-27T10:00', 'P2W', 6, ZONE).entries()) {
        const time = { kind: 'time', about: `ehr-${index + 1}`, startsAt, place: 'Room 3' };
        await office.putUp('participant', id, time);
      }
      const isFree = (day: string) =>
        office.putUp('series', 'ehr', { kind: 'slot', about: 'ehr', startsAt: `${day}T20:00:00.000Z` });
      const happens = async (day: string, event: string, ...numbers: readonly number[]) => {
        office.goTo(day);
        for (const number of numbers) await office.record({ id }, { event, session: `ehr-${number}` });
      };

      await happens('2025-03-28', 'attended', 1);
      await stage.visit(tab, mine, '2025-03-28');
      await openSession(way, 'Session 1');
      const notes = {
        challenges: 'Too many clicks.',
        questions: 'Is there a list?',
        recommendations: 'A shorter note.',
      };
      for (const [task, text] of Object.entries(notes) as [keyof typeof notes, string][])
        await hands.write({ kind: 'text', title: say(`homework-${task}`), choices: [] }, text);
      await backToOverview(way);
      await tab.reload();
      await openSession(way, 'Session 1');
      await untilTold(way, say('mark-attended'), 'Saved Mar 28');
      await untilWritten(way, Object.values(notes));

      // The first miss is their own word: a new time is offered, and asked for.
      await isFree('2025-04-17');
      await stage.visit(tab, mine, '2025-04-11');
      await sayAbsent(way, 'On call.');
      await untilTold(way, say('mark-missed'), 'On call.');
      await backToOverview(way);
      await untilTold(way, 'You can choose a new time for it.');
      assert.match(await askForTime(way, 'EHR Skills session 2', 0), /^Thursday, April 17/);
      await untilTold(way, 'Thursday, April 17');

      // They come neither then nor to the third: of two that are outstanding, both are to be moved.
      await happens('2025-04-18', 'missed', 2);
      await happens('2025-04-25', 'missed', 3);
      await isFree('2025-05-01');
      await stage.visit(tab, mine, '2025-04-25');
      await untilTold(way, 'Please choose new times for the sessions you missed.', 'EHR Skills session 3');
      await askForTime(way, 'EHR Skills session 2', 0);
      assert.deepEqual((await stage.standing(id)).outstanding, ['ehr-2', 'ehr-3']);

      // Nor then, nor to the fourth: somebody will speak with them, and nothing else changes.
      await happens('2025-05-02', 'missed', 2);
      await happens('2025-05-09', 'missed', 4);
      await stage.visit(tab, mine, '2025-05-09');
      await untilTold(way, 'The study team will contact you to talk about what suits you.', say('tracker-stop'));
      const reviewed = await stage.standing(id);
      assert.deepEqual(
        [reviewed.outstanding, statesOf(reviewed.reviews), reviewed.state],
        [['ehr-2', 'ehr-3', 'ehr-4'], ['open'], 'open'],
      );
      const { body } = await office.staff(stage.coordinator, 'GET', 'flags');
      assert.equal(body.match(/"withdrawal-review"/g)?.length, 1);
      await office.record({ id }, { event: 'review-closed', series: 'ehr', reason: 'They go on.' });
      for (const day of ['2025-05-12', '2025-05-13', '2025-05-14']) await isFree(day);
      await tab.reload();
      for (const number of [2, 3, 4]) {
        await askForTime(way, `EHR Skills session ${number}`, 0);
        await backToOverview(way);
      }
      await happens('2025-05-15', 'attended', 2, 3, 4);
      await happens('2025-05-23', 'attended', 5);
      await happens('2025-06-06', 'attended', 6);
      assert.deepEqual(
        statesOf((await stage.standing(id)).sessions),
        Array.from({ length: 6 }, () => 'attended'),
      );

      await stage.visit(tab, mine, '2025-06-17');
      await followsUp(way, 'Questionnaire after 12 weeks');
      await untilTold(way, say('tracker-nothing'), 'opens Dec 2');
      await stage.visit(tab, mine, '2025-12-04');
      await followsUp(way, 'Questionnaire after six more months');
      await untilTold(way, say('tracker-all-done'));
      assert.deepEqual(await policyViolations(tab), []);

      const sittings = database.sittings(source).map(({ assessment, deviations }) => [assessment, deviations]);
      assert.deepEqual(sittings, [
        ['baseline', []],
        ['week-12', []],
        ['month-6', []],
      ]);
      assert.deepEqual(
        database.decisions(source).map(({ outcome }) => outcome),
        ['signed'],
        'nobody has withdrawn',
      );
      assert.deepEqual(database.said(source), [
        'facilitator attended ehr-1',
        ...Object.entries(notes).map(([task, text]) => `participant writes ${task} of ehr-1: ${text}`),
        ...['participant missed ehr-2', 'participant rescheduled ehr-2', 'facilitator missed ehr-2'],
        ...['facilitator missed ehr-3', 'participant rescheduled ehr-2', 'facilitator missed ehr-2'],
        ...['facilitator missed ehr-4', 'facilitator review-closed ehr'],
        ...[2, 3, 4].map((number) => `participant rescheduled ehr-${number}`),
        ...[2, 3, 4, 5, 6].map((number) => `facilitator attended ehr-${number}`),
      ]);
      const { databaseFile } = stage.demo.receiver;
      const keys = databaseFile.replace(/steady\.sqlite$/, 'keys');
      const verified = await runCommand(run, [
        'allocation',
        'verify',
        office.study,
        '--data',
        databaseFile,
        '--keys',
        keys,
      ]);
      assert.equal(verified.code, 0, verified.stderr);
    });
  });
});

const statesOf = (all: readonly { readonly state: string }[]): readonly string[] => all.map(({ state }) => state);

/** Where the link with these words leads, which opens by itself: a recording is somebody else's page. */
function leadsTo(tab: JourneyBrowser, words: string): Promise<{ readonly href: string; readonly rel: string }> {
  return tab.evaluate((begin: string) => {
    const root = document.querySelector('steady-session-tracker')?.shadowRoot;
    const link = [...(root?.querySelectorAll('a') ?? [])].find((one) => one.textContent?.startsWith(begin));
    return { href: link?.href ?? '', rel: link?.rel ?? '' };
  }, words);
}
