/**
 * Consent as a person gives it: from an eligible screening to a signed record and its copy, on the portal, on the endpoint's
 * own page, and from one browser to another. With the real receiver, and its own `steady verify`.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import canonicalize from 'canonicalize';
import { run } from '../../src/cli/steady.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { runCommand, withFiles } from '../support/command-io.ts';
import { inControllableBrowsers, inEveryBrowser, inLane, launchShared } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { readPdf } from '../support/pdf.ts';
import {
  demoDocument,
  fillInSignature,
  type Reader,
  reader,
  readOnTo,
  sayIn,
  signAs,
  untilHeading,
} from '../support/person/consent.ts';
import { catchDownloads, nextDownload } from '../support/person/downloads.ts';
import { atOnce, byKeyboard, byMouse } from '../support/person/hands.ts';
import { accept, invite } from '../support/person/invited.ts';
import { keckEligible, mghEligible, portal, shortEligible, spanish } from '../support/person/people.ts';
import { policyViolations } from '../support/person/policy.ts';
import { consentTag, tag, trackerTag, untilAt, untilSaid } from '../support/person/sheet.ts';
import { newcomer, type Stage, usualShortStage, usualStage } from '../support/person/stage.ts';
import { storedIn } from '../support/person/stored.ts';
import { attender, untilTold } from '../support/person/tracker.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';

const keck = demoDocument('keck', 'en');
const mgh = demoDocument('mgh', 'es');
const { words } = portal;
const MINE = '/portal/mine/';

/** Takes part by their own contact, on the portal, and goes to their page there. */
async function enrol(tab: JourneyBrowser, stage: Stage): Promise<void> {
  const way = { words, person: shortEligible, hands: atOnce };
  await answerScreening(tab, way);
  await leaveContact(tab, way);
  await untilSaid(tab, words.thanks);
  await tab.open(stage.demo.url + MINE);
}

/** What `steady verify` says of this text. */
async function verified(record: string, keys: string): Promise<number> {
  let code = -1;
  await withFiles({ 'record.json': record, 'keys.json': keys }, async (pathOf) => {
    code = (await runCommand(run, ['verify', pathOf('record.json'), '--key', pathOf('keys.json')])).code;
  });
  return code;
}

/** The same record with another name under it, and a digest that fits. */
async function forged(record: string): Promise<string> {
  const { statement, ...rest } = JSON.parse(record);
  const other = { ...statement, signature: { ...statement.signature, name: 'Somebody Else' } };
  return `${canonicalize({ ...rest, statement: other, statementDigest: await digestOf(other) })}`;
}

inEveryBrowser('consent on the portal', (launch, browserName) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([usualShortStage.get(), launch()]);
  });
  after(() => browser?.close());

  const hands = browserName === 'webkit' ? atOnce : byKeyboard;

  test(`C14, P3, E9: from an eligible screening to a signed consent and its copy${hands === byKeyboard ? ', by keyboard alone' : ''}`, async (t) => {
    const { tab, leave } = await newcomer(browser, stage.at(portal, `${browserName} consent`));
    t.after(leave);
    await enrol(tab, stage);
    const way = reader(tab, hands, keck);
    const { say } = way;
    await untilHeading(way, keck.sections[0]?.title ?? '');
    await readOnTo(way, say('decision-title'));
    await signAs(way, 'Ana Pérez');

    // In the order in which they stand: Tab, past the last of them, leads out of the page.
    await catchDownloads(tab);
    await way.hands.press(say('copy-pdf'));
    const { type, bytes } = await nextDownload(tab);
    assert.equal(type, 'application/pdf');
    await way.hands.press(say('copy-show'));
    const shown = await untilHeading(way, say('copy-heading'));
    await way.hands.press(say('back'));
    await untilHeading(way, say('signed-title'));
    await way.hands.press(say('copy-record'));
    const record = new TextDecoder().decode((await nextDownload(tab)).bytes);

    const keys = await (await fetch(`${stage.demo.url}/receiver/studies/${keck.study}/keys`)).text();
    assert.equal(await verified(record, keys), 0);
    assert.equal(await verified(record.replace('Ana Pérez', 'Ana Peréz'), keys), 1, 'one letter');
    assert.equal(await verified(await forged(record), keys), 1, 'a digest that was made anew');

    const { statement, statementDigest } = JSON.parse(record);
    assert.deepEqual(statement.document, JSON.parse(JSON.stringify(keck)), 'the words that were shown');
    const pdf = await readPdf(bytes);
    assert.ok(pdf.isTagged);
    assert.equal(pdf.language, 'en');
    const places = keck.sections.map(({ title }) => pdf.words.indexOf(title));
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other),
      'the sections in order',
    );
    assert.ok(places.every((place) => place >= 0));
    for (const part of ['Ana Pérez', keck.meaning, statementDigest]) assert.ok(pdf.words.includes(part), part);

    for (const part of ['Ana Pérez', keck.meaning, statementDigest]) assert.ok(shown.text.includes(part), part);
    assert.deepEqual(await strangers(tab), [], 'nobody else was asked for anything');
    if (tab.isControllable) assert.deepEqual(await policyViolations(tab), []);
  });
});

/** What the page has asked of anybody but its own server, or of its server beside the kit, the receiver and its own style. */
function strangers(tab: JourneyBrowser): Promise<string[]> {
  return tab.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('blob:'))
      .filter(
        (name) =>
          new URL(name).origin !== location.origin ||
          !/^\/(steady|receiver)\/|^\/portal\/portal\.css$|^\/favicon\.ico$/.test(new URL(name).pathname),
      ),
  );
}

inControllableBrowsers('consent on the endpoint’s own page', (launch, browserName) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([usualStage.get(), launch()]);
  });
  after(() => browser?.close());

  test('C4, C11: somebody who was invited answers, signs and leaves again, all in Spanish', async (t) => {
    const page = `${stage.demo.receiver.url}/p/${mgh.study}?lang=es&source=${browserName}-hosted`;
    const { link } = await invite(stage, { study: mgh.study, page }, '--count', '1');
    const { tab, leave } = await newcomer(browser, link);
    t.after(leave);
    await untilSaid(tab, 'Tiene una invitación');
    await atOnce(tab).press('Empezar');
    const way = { words: spanish, person: mghEligible, hands: atOnce };
    await answerScreening(tab, way);
    await leaveContact(tab, way);
    await untilSaid(tab, spanish.thanks);
    await tab.click({ css: '#next button' });

    const reading = reader(tab, atOnce, mgh);
    const { say } = reading;
    await readOnTo(reading, say('decision-title'));
    await signAs(reading, 'Inés Pardo');
    await reading.hands.press(say('leave-open'));
    await untilHeading(reading, say('withdraw-title'));
    await reading.hands.choose({ kind: 'one', title: say('withdraw-from'), choices: [] }, say('withdraw-study'), 0);
    await reading.hands.press(say('withdraw-send'));
    await untilHeading(reading, say('withdrawn-title'));
    assert.deepEqual(
      stage.database.decisions(`${browserName}-hosted`).map(({ outcome }) => outcome),
      ['signed', 'withdrawn'],
    );
    assert.deepEqual(await policyViolations(tab), []);
  });
});

inControllableBrowsers('consent in a frame of the endpoint’s', (launch, browserName) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([usualStage.get(), launch()]);
  });
  after(() => browser?.close());

  test('E9: is signed there and nowhere else, and not while the page covers it', async (t) => {
    const page = `${stage.demo.url}/isolated/?source=${browserName}-framed`;
    const { link } = await invite(stage, { study: keck.study, page }, '--count', '1');
    const { tab, leave } = await newcomer(browser, link);
    t.after(leave);
    const screener = await tab.frame('/frame/eligibility-screener');
    await accept(screener);
    await answerScreening(screener, { words, person: keckEligible, hands: atOnce });
    await untilSaid(screener, words.eligible);
    await stage.database.untilArrived(`${browserName}-framed`);
    await exchange(tab, tag, consentTag);

    const frame = await tab.frame('/frame/consent-form');
    const way = reader(frame, atOnce, keck);
    const { say } = way;
    await readOnTo(way, say('decision-title'));
    await way.hands.press(say('decide-agree'));
    await untilHeading(way, say('sign-title'));
    await fillInSignature(way, 'Ana Pérez');
    // The whole button has to be on the screen, and nothing above it, where the browser can tell.
    if (browserName === 'chromium') {
      await tab.evaluate(() => {
        const veil = document.createElement('div');
        veil.id = 'veil';
        // The page's own style is important everywhere, as in a hostile host.
        for (const [name, value] of Object.entries({
          position: 'fixed',
          inset: '0',
          opacity: '0.1',
          background: 'red',
          'pointer-events': 'none',
        }))
          veil.style.setProperty(name, value, 'important');
        document.body.append(veil);
      });
      await way.hands.press(say('sign-send'));
      await untilSaid(frame, say('consent-not-seen'), consentTag);
      assert.deepEqual(stage.database.decisions(`${browserName}-framed`), []);
      await tab.evaluate(async () => {
        document.querySelector('#veil')?.remove();
        // What lies above what is told by what has been drawn last.
        for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      });
    }
    await way.hands.press(say('sign-send'));
    await untilHeading(way, say('signed-title'));
    assert.deepEqual(
      stage.database.decisions(`${browserName}-framed`).map(({ outcome }) => outcome),
      ['signed'],
    );

    // What comes next is told in a frame too, and leads to the page that the host has for it.
    await exchange(tab, consentTag, trackerTag, { questionnaire: '/portal/mine/#questions' });
    const tracker = attender(await tab.frame('/frame/session-tracker'), byMouse, 'en');
    await untilTold(tracker, 'First questionnaire', tracker.say('mark-open'));
    const onPage = await tab.evaluate(
      (name: string) => document.querySelector(name)?.shadowRoot?.textContent ?? '',
      trackerTag,
    );
    assert.ok(!onPage.includes('First questionnaire'), 'the host’s own scripts read nothing of it');
    await tracker.hands.follow(tracker.say('tracker-answer'));
    await untilAt(tab, '/portal/mine/#questions');
  });
});

/** Another element in the place of one, with all that the page says to it. */
function exchange(tab: JourneyBrowser, one: string, other: string, more: Record<string, string> = {}): Promise<void> {
  return tab.evaluate(
    (before: string, after: string, further: Record<string, string>) => {
      const old = document.querySelector(before);
      const next = document.createElement(after);
      const said = [...(old?.attributes ?? [])].map(({ name, value }): [string, string] => [name, value]);
      for (const [name, value] of [...said, ...Object.entries(further)]) next.setAttribute(name, value);
      old?.replaceWith(next);
    },
    one,
    other,
    more,
  );
}

const directions = [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
] as const;

inLane('several', () => {
  for (const [first, second] of directions) {
    describe(`consent, from ${first} to ${second}`, { concurrency: 1 }, () => {
      let stage: Stage;
      let browsers: readonly JourneyBrowser[] = [];

      before(async () => {
        [stage, ...browsers] = await Promise.all([usualShortStage.get(), launchShared(first), launchShared(second)]);
      });
      after(() => Promise.all(browsers.map((browser) => browser.close())));

      test('E1: left at each step and taken up on the other, with place and choices, and signed anew', async (t) => {
        const source = `${first} leaves`;
        const say = sayIn('en');
        const page = `${stage.demo.url}${MINE}?source=${encodeURIComponent(source)}`;
        const screened = await newcomer(browsers[0] ?? assert.fail(), stage.at(portal, source));
        t.after(screened.leave);
        await enrol(screened.tab, stage);
        await untilHeading(screened, keck.sections[0]?.title ?? '');
        const participant = stage.database.participantOf(source);

        /** Opens the other browser by a link made again, and says what is shown there first. */
        let visits = 0;
        const comeBack = async (): Promise<{ way: Reader; heading: string }> => {
          visits += 1;
          const { link } = await invite(stage, { study: keck.study, page }, '--again', participant);
          const visit = await newcomer(browsers[visits % 2] ?? assert.fail(), link);
          t.after(visit.leave);
          await accept(visit.tab, consentTag);
          const way = reader(visit.tab, atOnce, keck);
          const { heading } = await untilSaid(visit.tab, say('have-question'), consentTag);
          return { way, heading };
        };
        const undecided = () => assert.deepEqual(stage.database.decisions(source), [], 'nothing is signed');

        const middle = keck.sections[4]?.title ?? '';
        for (const [place, expected] of [
          [middle, keck.sections[0]?.title],
          [say('checks-title'), middle],
          [say('choices-title'), say('checks-title')],
          [say('decision-title'), say('choices-title')],
        ] as const) {
          const { way, heading } = await comeBack();
          assert.equal(heading, expected, 'where it was left');
          await readOnTo(way, place);
          await untilSaid(way.tab, 'Saved', consentTag);
          undecided();
        }

        const half = await comeBack();
        assert.equal(half.heading, say('decision-title'));
        await half.way.hands.press(say('decide-agree'));
        await untilHeading(half.way, say('sign-title'));
        await fillInSignature(half.way, 'Ana Secreta');
        await half.way.hands.press(say('back'));
        await untilHeading(half.way, say('decision-title'));
        undecided();
        const kept = await storedIn(half.way.tab);
        assert.ok(!kept.includes('Secreta'), 'no device has a name or a signature');
        assert.ok(!stage.database.hasTraceOf('Secreta'), 'nor has the receiver');

        const last = await comeBack();
        assert.equal(last.heading, say('decision-title'));
        await last.way.hands.press(say('decide-agree'));
        await untilHeading(last.way, say('sign-title'));
        assert.equal(
          await last.way.tab.evaluate(
            (name: string) =>
              document.querySelector(name)?.shadowRoot?.querySelector<HTMLInputElement>('#sign-name')?.value,
            consentTag,
          ),
          '',
          'the signature is given anew',
        );
        await fillInSignature(last.way, 'Ana Pérez');
        await last.way.hands.press(say('sign-send'));
        await untilHeading(last.way, say('signed-title'));
        const [decision, ...more] = stage.database.decisions(source);
        assert.deepEqual([decision?.outcome, more], ['signed', []]);
        const { choices } = JSON.parse(decision?.body ?? '');
        assert.deepEqual(
          choices,
          Object.fromEntries(keck.choices.map(({ id, options }) => [id, options.at(-1)?.value])),
          'what was chosen two browsers ago',
        );
      });
    });
  }
});
