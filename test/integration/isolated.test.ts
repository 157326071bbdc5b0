/**
 * Isolated mode against a host page that records whatever a script can: what is typed in the frame it does not learn,
 * what is typed in the page it does. And that the frame looks as if it were none, says so where there is nothing to write
 * to, and is never replaced by the questions themselves.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type IsolatedStage, openIsolatedStage } from '../support/isolated/stage.ts';
import { inControllableBrowsers, inLane, launchShared } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { atOnce } from '../support/person/hands.ts';
import { english as words } from '../support/person/people.ts';
import { policyViolations, watchPolicy } from '../support/person/policy.ts';
import { tag, untilSaid, untilSheet } from '../support/person/sheet.ts';
import { screeningJson, studyJson } from '../support/receiver.ts';

const QUESTIONS = Array.from({ length: 50 }, (_, index) => `q${index}`);

/** Fifty lines to write into, and one question that is asked of everyone. */
function longStudy(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const lines = QUESTIONS.map((name) => ({ type: 'text', name, title: `Question ${name}` }));
  const [role] = (screeningJson().form as { elements: object[] }).elements;
  const form = { elements: [...lines, role] };
  const criteria = [
    { id: 'clinical', kind: 'inclusion', wording: 'Clinical', when: { question: 'role', equals: 'nurse' } },
  ];
  return studyJson({ id, screening: screeningJson({ form, criteria, ...changes }) });
}

/** Words that stand nowhere else. */
const canaries = (): string[] =>
  QUESTIONS.map((_, index) => String.fromCharCode(97 + (index % 26)) + Math.random().toString(36).slice(2, 8));

const element = (study: string, attributes = '') =>
  `<h1>A host page</h1><${tag} study="${study}" endpoint="{receiver}" ${attributes}><p>Please call 555-0100.</p></${tag}><p>After</p>`;

/** What the page's recorder has. */
const stolenBy = (tab: JourneyBrowser): Promise<string> =>
  tab.evaluate(() => (Reflect.get(globalThis, 'stolen') as () => string)());

/** Types each into its line by keyboard alone, beginning in the first, and sends. */
async function typeAll(place: JourneyBrowser, answers: readonly string[]): Promise<void> {
  await untilSheet(place, 'the questions', ({ questions }) => questions.length > QUESTIONS.length);
  // The frame may still be growing, and a click then lands elsewhere.
  do await place.click({ role: 'textbox', name: /^Question q0\b/ });
  while (!(await place.focused()).name.startsWith('Question q0 '));
  for (const answer of answers) {
    for (const letter of answer) await place.press(letter);
    await place.press('Tab');
  }
  await chooseRole(place);
  await send(place);
  await untilSaid(place, words.sent);
}

// Where nothing is typed, it is done at once: it is not the pointer that is tested here.
const chooseRole = (place: JourneyBrowser): Promise<void> =>
  atOnce(place).choose({ kind: 'one', title: 'Role', choices: [] }, 'nurse', 0);
const send = (place: JourneyBrowser): Promise<void> => atOnce(place).press(words.send);

inControllableBrowsers('an isolated element', (launch, browserName) => {
  let stage: IsolatedStage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([
      openIsolatedStage([longStudy('ward'), longStudy('guarded', { isolation: 'required' })]),
      launch({ viewport: { width: 1000, height: 800 } }),
    ]);
    await stage.write('isolated.html', element('ward', 'isolated'));
    await stage.write('inline.html', element('ward'));
    await stage.write('guarded.html', element('guarded'));
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });

  const open = async (address: string): Promise<JourneyBrowser> => {
    const tab = await browser.tab();
    await watchPolicy(tab);
    await tab.open(address);
    return tab;
  };

  const stateOf = (tab: JourneyBrowser): Promise<string> =>
    tab.evaluate((name: string) => String(Reflect.get(document.querySelector(name) ?? {}, 'state')), tag);

  const untilState = async (tab: JourneyBrowser, wanted: string): Promise<void> => {
    await tab.evaluate(
      (name: string, state: string) =>
        new Promise<void>((resolve) => {
          const host = document.querySelector(name);
          const look = () => Reflect.get(host ?? {}, 'state') === state && resolve();
          host?.addEventListener('steady-state-changed', look);
          look();
        }),
      tag,
      wanted,
    );
  };

  test('tells a page that records everything none of 50 answers', async (t) => {
    const source = `${browserName}-isolated`;
    const tab = await open(`${stage.hostile.url}/isolated.html?source=${source}`);
    t.after(() => tab.close());
    await untilState(tab, 'ready');
    const frame = await tab.frame('/frame/eligibility-screener');
    const answers = canaries();
    await typeAll(frame, answers);
    const [stored] = stage.database.screenings(source);
    const { role: _, ...typed } = (stored?.answers ?? {}) as Record<string, string>;
    const expected = Object.fromEntries(QUESTIONS.map((name, index) => [name, answers[index]]));
    assert.deepEqual(typed, expected, 'they were typed, sent and stored');
    const stolen = await stolenBy(tab);
    assert.deepEqual(
      answers.filter((answer) => stolen.includes(answer)),
      [],
    );
    assert.ok(stolen.includes('steady-state-changed'), 'the recorder was at work');
    assert.deepEqual(
      await tab.evaluate((name: string) => {
        const inside = document.querySelector(name)?.shadowRoot;
        return [...(inside?.querySelectorAll('input, textarea, select, fieldset') ?? [])].length;
      }, tag),
      0,
      'nothing to fill in stands in the page',
    );
  });

  test('which the same page reads, every one, where they are typed in the page itself', async (t) => {
    const tab = await open(`${stage.hostile.url}/inline.html?source=${browserName}-inline`);
    t.after(() => tab.close());
    const answers = canaries();
    await typeAll(tab, answers);
    const stolen = await stolenBy(tab);
    assert.deepEqual(
      answers.filter((answer) => !stolen.includes(answer)),
      [],
    );
  });

  test('takes no second greeting, and no message from the page', async (t) => {
    const tab = await open(`${stage.hostile.url}/isolated.html`);
    t.after(() => tab.close());
    await untilState(tab, 'ready');
    const frame = await tab.frame('/frame/eligibility-screener');
    const before = await untilSheet(frame, 'the questions', ({ questions }) => questions.length > 0);
    await tab.evaluate(() => {
      (Reflect.get(globalThis, 'greet') as () => void)();
      for (const data of [{ height: 7 }, { state: 'failed' }, { language: 'es', theme: 'dark' }])
        postMessage(data, '*');
    });
    // What the element itself says later comes after all of these.
    await tab.evaluate((name: string) => document.querySelector(name)?.setAttribute('theme', 'dark'), tag);
    await frame.waitFor({ css: '.root[data-theme="dark"]' });
    assert.equal(await stateOf(tab), 'ready');
    assert.equal(await frame.evaluate(() => document.documentElement.lang), 'en');
    const height = await tab.evaluate(
      (name: string) => document.querySelector(name)?.getBoundingClientRect().height ?? 0,
      tag,
    );
    assert.ok(height > 1_000);
    const now = await untilSheet(frame, 'the questions', ({ questions }) => questions.length > 0);
    assert.deepEqual(now.questions, before.questions);
    assert.ok(!(await stolenBy(tab)).includes('greeted'));
  });

  test('has no second scrollbar, whatever the width and however its content grows', async (t) => {
    const tab = await open(`${stage.hostile.url}/isolated.html`);
    t.after(() => tab.close());
    await untilState(tab, 'ready');
    const frame = await tab.frame('/frame/eligibility-screener');
    const check = async (): Promise<number> => {
      const inner = () =>
        frame.evaluate(() => {
          const root = document.documentElement;
          const content = document.body.getBoundingClientRect().height;
          return {
            content,
            over: [root.scrollHeight - root.clientHeight, root.scrollWidth - root.clientWidth],
            bars: [innerHeight - root.clientHeight, innerWidth - root.clientWidth],
            height: innerHeight,
          };
        });
      let seen = await inner();
      // A resize reaches the other process a moment later.
      for (let looks = 0; looks < 200 && Math.abs(seen.height - seen.content) >= 1; looks += 1) {
        await new Promise((resolve) => setTimeout(resolve, 25));
        seen = await inner();
      }
      assert.deepEqual({ over: seen.over, bars: seen.bars }, { over: [0, 0], bars: [0, 0] });
      assert.ok(Math.abs(seen.height - seen.content) < 1, `${seen.height} is as high as ${seen.content}`);
      const outer = await tab.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(outer, 0, 'nor does the page get one at its bottom');
      return seen.height;
    };
    const heights: number[] = [];
    for (const width of [360, 768, 1280]) {
      await tab.resize({ width, height: 800 });
      await frame.evaluate(
        (wide: number) =>
          new Promise<void>((resolve) => {
            const look = () => Math.abs(innerWidth - wide) < 60 && resolve();
            addEventListener('resize', look);
            look();
          }),
        width,
      );
      heights.push(await check());
    }
    const [phone = 0, , desk = 0] = heights;
    assert.notEqual(phone, desk);
    await send(frame);
    await untilSheet(frame, 'what is missing', ({ text }) => text.includes('One answer is missing'));
    assert.ok((await check()) > desk, 'a problem makes it higher');
    const isInView = await tab.evaluate((name: string) => {
      const top = document.querySelector(name)?.getBoundingClientRect().top ?? Number.NaN;
      return top > -50 && top < innerHeight;
    }, tag);
    assert.ok(isInView, 'the page scrolls to what has the focus in the frame');
    await chooseRole(frame);
    await send(frame);
    await untilSaid(frame, words.sent);
    assert.ok((await check()) < desk, 'a verdict makes it lower');
  });

  test('follows the page’s language and colours', async (t) => {
    const tab = await open(`${stage.hostile.url}/isolated.html`);
    t.after(() => tab.close());
    await untilState(tab, 'ready');
    const frame = await tab.frame('/frame/eligibility-screener');
    await tab.evaluate((name: string) => {
      const host = document.querySelector(name);
      host?.setAttribute('lang', 'es');
      host?.setAttribute('theme', 'dark');
    }, tag);
    await frame.waitFor({ css: '.root[data-theme="dark"]' });
    const { lang, background } = await frame.evaluate(() => ({
      lang: document.documentElement.lang,
      background: getComputedStyle(document.documentElement).backgroundColor,
    }));
    assert.deepEqual([lang, background], ['es', 'rgba(0, 0, 0, 0)']);
  });

  test('where the study requires it and the page forbids the frame, is a link and never the questions', async (t) => {
    const seen = async (address: string) => {
      const tab = await open(address);
      t.after(() => tab.close());
      await untilState(tab, 'failed');
      return tab;
    };
    // The same page under a policy that knows the endpoint, but no frame.
    await stage.write('guarded-attribute.html', element('guarded', 'isolated'));
    const tab = await seen(`${stage.strict.url}/guarded-attribute.html?source=somewhere#steady-invite=abcd-efgh`);
    const link = await tab.evaluate((name: string) => {
      const inside = document.querySelector(name)?.shadowRoot;
      const anchor = inside?.querySelector('a');
      return {
        href: anchor?.href,
        rel: anchor?.rel,
        inputs: inside?.querySelectorAll('input').length,
        hash: location.hash,
      };
    }, tag);
    assert.deepEqual(link, {
      href: `${stage.receiver}/p/guarded?source=somewhere&idle-minutes=15&lang=en#steady-invite=abcd-efgh`,
      rel: 'noopener noreferrer',
      inputs: 0,
      hash: '',
    });
    assert.deepEqual(
      (await policyViolations(tab)).filter((one) => !/frame|hostile|postMessage/.test(one)),
      [],
      'and asks for nothing but the frame',
    );
    // Taken back by a script of the page, it stays as the study has it.
    const guarded = await open(`${stage.hostile.url}/guarded.html`);
    t.after(() => guarded.close());
    await untilState(guarded, 'ready');
    await guarded.evaluate((name: string) => {
      Object.assign(document.querySelector(name) ?? {}, { isolated: false });
    }, tag);
    const frame = await guarded.frame('/frame/eligibility-screener');
    await untilSheet(frame, 'the questions', ({ questions }) => questions.length > 0);
    assert.equal(await guarded.count({ css: 'input' }), 0);
  });
});

inLane('several', () => {
  describe('an isolated element where the browser refuses storage to frames', () => {
    test('keeps in memory what is not sent, says so, and sends it', async (t) => {
      const profile = await mkdtemp(join(tmpdir(), 'steady-profile-'));
      await mkdir(join(profile, 'Default'));
      const refusing = { profile: { default_content_setting_values: { cookies: 2 } } };
      await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(refusing));
      const stage = await openIsolatedStage([studyJson()]);
      const browser = await launchShared('chromium', { profile });
      t.after(async () => {
        await browser.close();
        await stage.close();
        await rm(profile, { recursive: true, force: true });
      });
      await stage.write('isolated.html', element('ward', 'isolated'));
      await browser.open(`${stage.hostile.url}/isolated.html?source=memory`);
      const frame = await browser.frame('/frame/eligibility-screener');
      await untilSheet(frame, 'the questions', ({ questions }) => questions.length > 0);
      const refused = await frame.evaluate(() => {
        try {
          return String(sessionStorage.length);
        } catch (error) {
          return error instanceof DOMException ? error.name : String(error);
        }
      });
      assert.equal(refused, 'SecurityError');
      await chooseRole(frame);
      await untilSaid(frame, 'Not saved on this device');
      await atOnce(frame).write({ kind: 'text', title: 'Age', choices: [] }, '41');
      stage.takes(false);
      await send(frame);
      await untilSaid(frame, words.keptInMemory);
      stage.takes(true);
      await atOnce(frame).press(words.sendAgain);
      await untilSaid(frame, words.sent);
      assert.equal(stage.database.screenings('memory').length, 1);
    });
  });

  describe('the hosted page', () => {
    test('asks what is due and lists what is done, under its own policy, and the frame’s address leads to it', async (t) => {
      const stage = await openIsolatedStage([studyJson()]);
      const browser = await launchShared('chromium');
      t.after(async () => {
        await browser.close();
        await stage.close();
      });
      await watchPolicy(browser);
      await browser.open(`${stage.receiver}/studies/ward/frame/eligibility-screener?source=hosted`);
      await untilSheet(browser, 'the questions', ({ questions }) => questions.length > 0);
      const { path, title } = await browser.evaluate(() => ({ path: location.pathname, title: document.title }));
      assert.deepEqual([path, title], ['/p/ward', 'Your page']);
      const hands = atOnce(browser);
      await chooseRole(browser);
      await hands.write({ kind: 'text', title: 'Age', choices: [] }, '41');
      await send(browser);
      await untilSheet(browser, 'the contact’s questions', ({ buttons }) => buttons.includes(words.sendContact));
      await hands.write({ kind: 'text', title: 'Name', choices: [] }, 'Ana');
      await hands.write({ kind: 'text', title: 'E-mail', choices: [] }, 'ana@example.org');
      await hands.press(words.sendContact);
      await untilSaid(browser, words.thanks);
      await browser.waitFor({ css: '#done li[data-step="contact"]' });
      assert.match(await browser.textOf({ css: '#done' }), /^Done so far .*taking part ✓ .*reach you ✓$/);
      assert.equal(stage.database.screenings('hosted').length, 1);
      // Come back another time: known again, and nothing due.
      await browser.open(`${stage.receiver}/p/ward`);
      await browser.waitFor({ css: '#done li[data-step="screening"]' });
      assert.deepEqual(await policyViolations(browser), []);
    });
  });
});
