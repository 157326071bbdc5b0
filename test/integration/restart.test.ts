/**
 * The receiver goes away while somebody answers, politely or by a crash: what was sent stays on the device, the page says
 * so, and when the receiver is back it arrives, once.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inControllableBrowsers } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { atOnce } from '../support/person/hands.ts';
import { intranet, shortEligible, shortIneligible } from '../support/person/people.ts';
import { untilSaid, untilSheet } from '../support/person/sheet.ts';
import { newcomer, openShortStage, type Stage } from '../support/person/stage.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';

inControllableBrowsers('a receiver that goes away', (launch, browserName) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([openShortStage(), launch()]);
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });

  for (const end of ['stop', 'kill'] as const) {
    test(`${end}: kept on the device through a reload, then delivered once, and said so`, async (t) => {
      const { words } = intranet;
      const source = `${browserName} ${end} eligible`;
      const { leave, tab } = await newcomer(browser, stage.at(intranet, source));
      t.after(leave);
      await untilSheet(tab, 'questions', ({ questions }) => questions.length > 0);
      await stage.demo.receiver[end]();
      await answerScreening(tab, { words, person: shortEligible, hands: atOnce });
      await untilSaid(tab, words.kept);
      assert.deepEqual(stage.database.screenings(source), []);

      await tab.reload();
      // Without its receiver the study cannot be read; that something waits is said all the same.
      const { state } = await untilSaid(tab, words.waitingBefore);
      assert.equal(state, 'failed');

      await stage.demo.receiver.start();
      await atOnce(tab).press(words.tryAgain);
      await untilSaid(tab, words.eligible);
      await untilSaid(tab, words.sent);
      const rows = stage.database.screenings(source);
      assert.deepEqual(
        rows.map(({ verdict, deviations }) => ({ verdict, deviations })),
        [{ verdict: 'eligible', deviations: [] }],
      );
      const { text } = await untilSheet(tab, 'the notice to go', (sheet) => !sheet.text.includes(words.waitingBefore));
      assert.ok(!text.includes(words.kept));
    });

    test(`${end}: an ineligible screening waits with nobody’s page in front of it`, async (t) => {
      const { words } = intranet;
      const source = `${browserName} ${end} ineligible`;
      const { leave, tab } = await newcomer(browser, stage.at(intranet, source));
      t.after(leave);
      await untilSheet(tab, 'questions', ({ questions }) => questions.length > 0);
      await stage.demo.receiver[end]();
      await answerScreening(tab, { words, person: shortIneligible, hands: atOnce });
      const { state } = await untilSaid(tab, words.kept);
      assert.equal(state, 'kept');

      await stage.demo.receiver.start();
      await tab.reload();
      await untilSheet(tab, 'a new beginning', ({ questions }) => questions.length > 0);
      await stage.database.untilArrived(source);
      await untilSheet(tab, 'the notice to go', ({ text }) => !text.includes(words.waitingBefore));
      assert.equal(stage.database.screenings(source).length, 1);
    });
  }

  test('a page that stays open delivers screening and contact by itself, in this order', async (t) => {
    const { words } = intranet;
    const source = `${browserName} stays open`;
    const way = { words, person: shortEligible, hands: atOnce };
    const { leave, tab } = await newcomer(browser, stage.at(intranet, source));
    t.after(leave);
    await untilSheet(tab, 'questions', ({ questions }) => questions.length > 0);
    await stage.demo.receiver.kill();
    await answerScreening(tab, way);
    await untilSaid(tab, words.kept);
    await leaveContact(tab, way);
    await untilSaid(tab, words.contactKept);

    await stage.demo.receiver.start();
    await untilSaid(tab, words.thanks);
    const [screening, ...more] = stage.database.screenings(source);
    assert.deepEqual(more, []);
    assert.equal(screening?.contacts, 1);
    assert.deepEqual(
      stage.database.contacts(source).map(({ answers }) => answers),
      [shortEligible.storedContact],
    );
  });
});
