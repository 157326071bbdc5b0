/**
 * Somebody who takes part, from one browser to another: an invitation spent by their own click, a draft that is there on
 * the next device, what was queued on the old one, a way back from a shared computer. With the real receiver and its own
 * command line.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inLane, launchShared } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { atOnce } from '../support/person/hands.ts';
import { accept, invite, untilInvited } from '../support/person/invited.ts';
import { intranet, keckEligible, shortEligible } from '../support/person/people.ts';
import { untilSaid, untilSheet } from '../support/person/sheet.ts';
import { newcomer, type Stage, usualShortStage, usualStage } from '../support/person/stage.ts';
import { storedIn } from '../support/person/stored.ts';
import { untilLetGo } from '../support/person/told.ts';
import { answerPage, answerScreening, leaveContact } from '../support/person/walk.ts';

const { words } = intranet;
const way = { words, person: keckEligible, hands: atOnce };
const invited = (stage: Stage, source: string) => ({ study: intranet.study, page: stage.at(intranet, source) });
const short = { words, person: shortEligible, hands: atOnce };

/** Waits until the page has these files of the kit: what is fetched while the first page is being read. */
async function untilFetched(tab: JourneyBrowser, chunks: readonly string[]): Promise<void> {
  await tab.evaluate(async (names: readonly string[]) => {
    const isFetched = (name: string) =>
      performance
        .getEntriesByType('resource')
        .some(
          (entry) => entry.name.includes(`/chunks/${name}`) && (entry as PerformanceResourceTiming).responseEnd > 0,
        );
    while (!names.every(isFetched)) await new Promise(requestAnimationFrame);
  }, chunks);
}

const directions = [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
] as const;

inLane('several', () => {
  for (const [first, second] of directions) {
    describe(`a participant, from ${first} to ${second}`, { concurrency: 1 }, () => {
      let stage: Stage;
      let shortStage: Stage;
      let one: JourneyBrowser;
      let other: JourneyBrowser;

      before(async () => {
        [stage, shortStage, one, other] = await Promise.all([
          usualStage.get(),
          usualShortStage.get(),
          launchShared(first),
          launchShared(second),
        ]);
      });
      after(() => Promise.all([one?.close(), other?.close()]));

      test('moves to another device by a link made again: the draft is there, the old link and token are not, what was queued arrives', async (t) => {
        const source = `${first} moves`;
        const { id, link } = await invite(stage, invited(stage, source), '--count', '1');
        // Whoever looks at a link before its reader does sends no fragment, and spends nothing.
        for (const method of ['GET', 'HEAD']) await fetch(link, { method, headers: { purpose: 'prefetch' } });

        const old = await newcomer(one, link);
        t.after(old.leave);
        await untilInvited(old.tab);
        assert.equal(await old.tab.evaluate(() => location.hash), '', 'the code does not stay in the address');
        await old.tab.reload();
        await accept(old.tab);
        await answerPage(old.tab, atOnce(old.tab), keckEligible.screening);
        await atOnce(old.tab).press(words.next);
        const left = await untilSheet(old.tab, 'the draft is on the server', ({ text }) =>
          /\bSaved(?! (in|on) this)/.test(text),
        );

        await untilFetched(old.tab, [
          'conclusion',
          'combobox-field',
          'multiple-choice-field',
          'check-answer',
          'survey-core',
        ]);
        await old.tab.offline(true);
        await answerScreening(old.tab, way);
        await untilSaid(old.tab, words.kept);

        const again = await invite(stage, invited(stage, source), '--again', id);
        assert.equal(again.id, id);
        const next = await newcomer(other, again.link);
        t.after(next.leave);
        await accept(next.tab);
        const found = await untilSheet(next.tab, 'the draft', ({ questions }) => questions.length > 0);
        assert.deepEqual(
          found.questions.map(({ title }) => title),
          left.questions.map(({ title }) => title),
          'on the page where it was left',
        );
        await atOnce(next.tab).press('Back');
        const chosen = await untilSheet(next.tab, 'the page before', ({ buttons }) => !buttons.includes('Back'));
        assert.notEqual(chosen.questions.length, 0);
        const checked = await next.tab.evaluate(
          () =>
            document.querySelector('steady-eligibility-screener')?.shadowRoot?.querySelectorAll('input:checked').length,
        );
        assert.ok(checked, 'with what was answered');

        await old.tab.offline(false);
        await stage.database.untilArrived(source);
        const [row] = stage.database.screenings(source);
        assert.deepEqual(row?.deviations, ['replaced-key']);
        // Whether it has heard of it before or hears of it now: nobody is signed in there any more.
        await old.tab.reload();
        const { text } = await untilSheet(old.tab, 'a way in', ({ buttons }) =>
          buttons.includes('I have a link or a code'),
        );
        assert.ok(!text.includes('You are signed in.'));

        const late = await newcomer(other, link);
        t.after(late.leave);
        await untilInvited(late.tab);
        await atOnce(late.tab).press('Start');
        await untilSaid(late.tab, 'This link was used before');
      });

      test('enrols on a shared computer, which keeps nothing, and continues elsewhere by the link that was shown', async (t) => {
        const source = `${first} shared`;
        const ward = await newcomer(one, shortStage.at(intranet, source));
        t.after(ward.leave);
        await untilSheet(ward.tab, 'the questions', ({ buttons }) => buttons.includes('This is a shared computer'));
        await atOnce(ward.tab).press('This is a shared computer');
        await untilSaid(ward.tab, 'Shared computer: nothing is kept here.');
        await answerScreening(ward.tab, short);
        await leaveContact(ward.tab, short);
        await untilSaid(ward.tab, words.thanks);
        await untilSaid(ward.tab, 'Your way back');
        const link = await ward.tab.evaluate(
          () =>
            document
              .querySelector('steady-eligibility-screener')
              ?.shadowRoot?.querySelector<HTMLInputElement>('.way-back input')?.value ?? '',
        );
        assert.match(link, /#steady-invite=/);
        await untilLetGo(ward.tab);
        const kept = await storedIn(ward.tab);
        for (const trace of ['ana@example.org', 'nurse', link.split('#')[1] ?? link])
          assert.ok(!kept.includes(trace), kept);

        const phone = await newcomer(other, link);
        t.after(phone.leave);
        await accept(phone.tab);
        await untilSaid(phone.tab, 'You have answered these questions');
        assert.equal(shortStage.database.screenings(source).length, 1);
        assert.equal(shortStage.database.contacts(source).length, 1);
      });
    });
  }
});
