/**
 * Element and host page leave each other alone: on a page whose style sheet shouts at every tag, nothing outside of the
 * element changes by a pixel, a rectangle or a computed style, and inside it looks as on a page without any style.
 */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { inControllableBrowsers } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { atOnce } from '../support/person/hands.ts';
import { keckEligible, english as words } from '../support/person/people.ts';
import { policyViolations } from '../support/person/policy.ts';
import { tag, untilSaid, untilSheet } from '../support/person/sheet.ts';
import { newcomer, openStage, type Stage } from '../support/person/stage.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';

const script = '<script type="module" src="/steady/steady.js"></script>';
/** What is in it may grow as it likes: the page around it must not move. */
const box = '.fixed-box { width: 540px !important; height: 640px !important; overflow: hidden !important }';
const way = { words, person: keckEligible, hands: atOnce };

/** Three pages: the demo's intranet with the element in a box, the same without the script, and one without any style. */
async function writePages(folder: string): Promise<void> {
  const demo = fileURLToPath(new URL('../../demo/pages/intranet/', import.meta.url));
  const intranet = await readFile(join(demo, 'index.html'), 'utf8');
  const element = new RegExp(`<${tag}[^]*</${tag}>`).exec(intranet)?.[0];
  assert.ok(element && intranet.includes(script), 'the demo’s page has the element and its script');
  const boxed = intranet
    .replace(element, `<div class="fixed-box">${element}</div>`)
    .replace('</head>', '<link rel="stylesheet" href="/box.css"></head>');
  const bare = `<!doctype html><html lang="en"><head><title>Bare</title><link rel="stylesheet" href="/box.css">${script}</head>
    <body><div class="fixed-box">${element}</div></body></html>`;
  const pages = { with: boxed, without: boxed.replace(script, ''), bare };
  await writeFile(join(folder, 'box.css'), box);
  for (const [name, text] of Object.entries(pages)) {
    await mkdir(join(folder, name));
    await cp(join(demo, 'intranet.css'), join(folder, name, 'intranet.css'));
    await writeFile(join(folder, name, 'index.html'), text);
  }
}

/** Tag, place and every computed style of each element outside of the screener; of those inside of it, if wanted. */
function describeBoxes(tab: JourneyBrowser, isInside: boolean): Promise<readonly string[]> {
  return tab.evaluate(
    (name: string, inside: boolean) => {
      const element = document.querySelector(name);
      const root = inside ? (element?.shadowRoot ?? undefined) : document;
      const all = [...(root?.querySelectorAll('*') ?? [])].filter(
        (node) => inside || (!element?.contains(node) && node.localName !== 'script'),
      );
      const origin = inside ? element?.getBoundingClientRect() : undefined;
      return all.map((node) => {
        const { height, left, top, width } = node.getBoundingClientRect();
        const style = getComputedStyle(node);
        const styles = [...style].map((property) => `${property}: ${style.getPropertyValue(property)}`);
        const place = [left - (origin?.left ?? 0), top - (origin?.top ?? 0), width, height].map((one) =>
          one.toFixed(2),
        );
        return `${node.localName} ${node.className} ${place.join(' ')} ${styles.join('; ')}`;
      });
    },
    tag,
    isInside,
  );
}

function assertSameBoxes(actual: readonly string[], expected: readonly string[]): void {
  assert.equal(actual.length, expected.length);
  const at = actual.findIndex((one, index) => one !== expected[index]);
  if (at < 0) return;
  const [one = [], other = []] = [actual[at]?.split('; '), expected[at]?.split('; ')];
  assert.deepEqual(
    [one[0], ...one.filter((style) => !other.includes(style))],
    [other[0], ...other.filter((style) => !one.includes(style))],
  );
}

/** The picture with the box painted over. */
async function pictureAround(tab: JourneyBrowser): Promise<PNG> {
  const hole = await tab.evaluate(() => {
    const rect = document.querySelector('.fixed-box')?.getBoundingClientRect();
    return rect && { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom };
  });
  assert.ok(hole);
  const picture = PNG.sync.read(Buffer.from(await tab.screenshot()));
  for (let y = Math.floor(hole.top); y < Math.ceil(hole.bottom); y += 1) {
    const start = (y * picture.width + Math.floor(hole.left)) * 4;
    picture.data.fill(0, start, start + (Math.ceil(hole.right) - Math.floor(hole.left)) * 4);
  }
  return picture;
}

function differentPixels(one: PNG, other: PNG): number {
  assert.deepEqual([one.width, one.height], [other.width, other.height]);
  let different = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    if (one.data.compare(other.data, at, at + 4, at, at + 4) !== 0) different += 1;
  }
  return different;
}

inControllableBrowsers('a host page', (launch) => {
  let folder: string;
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-pages-'));
    await writePages(folder);
    // High enough for the whole page: nothing scrolls.
    [stage, browser] = await Promise.all([
      openStage({ pagesDir: folder }),
      launch({ viewport: { width: 1100, height: 1500 } }),
    ]);
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
    await rm(folder, { recursive: true });
  });

  const at = (name: string) => `${stage.demo.url}/${name}/`;

  test('is the same with the element and without, by pixel, rectangle and style, through the whole journey', async (t) => {
    const plain = await newcomer(browser, at('without'));
    const boxes = await describeBoxes(plain.tab, false);
    const picture = await pictureAround(plain.tab);
    const head = await plain.tab.evaluate(() => document.head.innerHTML);
    await plain.leave();
    assert.ok(boxes.length > 100);

    const { leave, tab } = await newcomer(browser, at('with'));
    t.after(leave);
    const check = async (): Promise<void> => {
      assertSameBoxes(await describeBoxes(tab, false), boxes);
      assert.equal(differentPixels(await pictureAround(tab), picture), 0);
    };
    await untilSheet(tab, 'questions', ({ questions }) => questions.length > 0);
    await check();
    await answerScreening(tab, way);
    await untilSaid(tab, words.sent);
    await check();
    await leaveContact(tab, way);
    await untilSaid(tab, words.thanks);
    await check();
    assert.equal((await tab.evaluate(() => document.head.innerHTML)).replace(script, ''), head, 'nothing is added');
    assert.equal(await tab.evaluate(() => document.adoptedStyleSheets.length), 0);
    assert.deepEqual(await policyViolations(tab), []);
  });

  test('does not reach in: the element looks as on a page without a style of its own', async (t) => {
    const [loud, bare] = await Promise.all([newcomer(browser, at('with')), newcomer(browser, at('bare'))]);
    t.after(() => Promise.all([loud.leave(), bare.leave()]));
    const check = async (): Promise<void> => {
      const [inLoud, inBare] = [await describeBoxes(loud.tab, true), await describeBoxes(bare.tab, true)];
      assert.ok(inBare.length > 10);
      assertSameBoxes(inLoud, inBare);
    };
    for (const { tab } of [loud, bare]) {
      // What is fetched while the first page is being read has come too.
      await untilSheet(tab, 'all of it', ({ buttons }) => buttons.includes('This is a shared computer'));
    }
    await check();
    for (const { tab } of [loud, bare]) {
      await answerScreening(tab, way);
      await untilSheet(tab, 'the contact’s questions', ({ questions }) => questions.length > 3);
      await untilSaid(tab, words.sent);
    }
    await check();
    const styled = await loud.tab.evaluate((name: string) => {
      const root = document.querySelector(name)?.shadowRoot;
      const button = root?.querySelector('button[type="submit"]');
      const { height = 0 } = button?.getBoundingClientRect() ?? {};
      const colour = button ? getComputedStyle(button).backgroundColor : '';
      return { height, colour, inline: root?.querySelectorAll('style, [style]').length };
    }, tag);
    assert.equal(styled.inline, 0);
    assert.ok(styled.height >= 44);
    assert.ok(!['', 'rgba(0, 0, 0, 0)', 'transparent'].includes(styled.colour));
  });

  test('is told of a violation, were there one', async (t) => {
    const { leave, tab } = await newcomer(browser, at('bare'));
    t.after(leave);
    await tab.evaluate(() => document.body.setAttribute('style', 'color: red'));
    const [first = ''] = await policyViolations(tab);
    assert.match(first, /style-src/);
  });
});
