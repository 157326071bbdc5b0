/**
 * The screener as a person meets it: on each host page, by mouse and by keyboard alone, with the real receiver behind it.
 * What counts is the row that is in the database afterwards, and that the page's strict policy had nothing to say.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inEveryBrowser } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser, JourneyBrowserName } from '../support/journey/journey-browser.ts';
import { byKeyboard, byMouse, type HandsOf } from '../support/person/hands.ts';
import {
  type HostPage,
  intranet,
  keckEligible,
  keckIneligible,
  mghEligible,
  type Person,
  partner,
  portal,
} from '../support/person/people.ts';
import { policyViolations } from '../support/person/policy.ts';
import { untilSaid } from '../support/person/sheet.ts';
import { newcomer, type Stage, usualStage } from '../support/person/stage.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';

interface Journey {
  readonly name: string;
  readonly page: HostPage;
  readonly person: Person;
}

const eligible: readonly Journey[] = [
  { name: 'intranet', page: intranet, person: keckEligible },
  { name: 'portal', page: portal, person: keckEligible },
  { name: 'partner', page: partner, person: mghEligible },
];

const ineligible: readonly Journey[] = [
  { name: 'intranet', page: intranet, person: keckIneligible },
  { name: 'portal', page: portal, person: keckIneligible },
];

/** WebKit is slow to drive and takes what matters most: every page by keyboard, one by mouse. */
const isTaken = (browser: JourneyBrowserName, by: string, name: string): boolean =>
  browser !== 'webkit' || by === 'keyboard' || name === 'intranet';

const hands: Readonly<Record<string, HandsOf>> = { mouse: byMouse, keyboard: byKeyboard };

inEveryBrowser('the screener', (launch, browserName) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([usualStage.get(), launch()]);
  });
  after(async () => {
    await browser?.close();
  });

  for (const [by, use] of Object.entries(hands)) {
    for (const { name, page, person } of eligible.filter((one) => isTaken(browserName, by, one.name))) {
      test(`${name}, by ${by}: somebody who may take part leaves how to be reached`, async (t) => {
        const source = `${browserName} ${name} ${by} eligible`;
        const way = { words: page.words, person, hands: use };
        const { leave, tab } = await newcomer(browser, stage.at(page, source));
        t.after(leave);
        await answerScreening(tab, way);
        await untilSaid(tab, page.words.eligible);
        await untilSaid(tab, page.words.sent);

        const [screening, ...more] = stage.database.screenings(source);
        assert.deepEqual(more, [], 'one row');
        assert.ok(screening?.id);
        assert.equal(screening.study, page.study);
        assert.deepEqual([screening.verdict, screening.failed, screening.mode], ['eligible', [], 'test']);
        assert.deepEqual(screening.deviations, []);
        assert.deepEqual(pick(screening.answers, person.stored), person.stored);

        await leaveContact(tab, way);
        const { state } = await untilSaid(tab, page.words.thanks);
        assert.equal(state, 'sent');
        const [contact, ...others] = stage.database.contacts(source);
        assert.deepEqual(others, [], 'one contact');
        assert.ok(contact);
        assert.deepEqual([contact.screening, contact.mode], [screening.id, 'test']);
        assert.deepEqual(contact.answers, person.storedContact);
        const { contacts: _, ...elsewhere } = stage.database.dump();
        for (const [table, rows] of Object.entries(elsewhere)) {
          assert.ok(!rows.includes(String(person.storedContact.email)), `${table} knows nobody’s address`);
        }
        if (tab.isControllable) assert.deepEqual(await policyViolations(tab), []);
      });
    }

    for (const { name, page, person } of ineligible.filter((one) => isTaken(browserName, by, one.name))) {
      test(`${name}, by ${by}: somebody who cannot take part leaves a verdict and no answers`, async (t) => {
        const source = `${browserName} ${name} ${by} ineligible`;
        const { leave, tab } = await newcomer(browser, stage.at(page, source));
        t.after(leave);
        await tab.evaluate(() => {
          addEventListener('steady-submission-changed', (event) =>
            Object.assign(globalThis, { submitted: Reflect.get(event, 'id') }),
          );
        });
        await answerScreening(tab, { words: page.words, person, hands: use });
        await untilSaid(tab, page.words.ineligible);
        const { state } = await untilSaid(tab, page.words.sent);
        assert.equal(state, 'sent');

        const rows = stage.database.screenings(source);
        assert.deepEqual(
          rows.map(({ answers, failed, id, mode, verdict }) => ({ answers, failed, id, mode, verdict })),
          [{ answers: undefined, failed: person.failed, id: null, mode: 'test', verdict: 'ineligible' }],
        );
        const submitted = await tab.evaluate(() => String(Reflect.get(globalThis, 'submitted')));
        assert.match(submitted, /^[0-9a-f-]{36}$/);
        assert.ok(!stage.database.hasTraceOf(submitted), 'not even the id is kept');
        const { submissions = '' } = stage.database.dump();
        for (const choice of ['non-clinical', source])
          assert.ok(!submissions.includes(choice), `${choice} is kept nowhere`);
        if (tab.isControllable) assert.deepEqual(await policyViolations(tab), []);
      });
    }
  }
});

/** Of what is stored, as much as a person's table names. */
function pick(stored: unknown, named: Readonly<Record<string, unknown>>): Record<string, unknown> {
  assert.ok(typeof stored === 'object' && stored !== null);
  return Object.fromEntries(Object.entries(stored).filter(([key]) => key in named));
}
