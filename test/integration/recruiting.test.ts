/**
 * Recruiting as it goes: a recruiter makes a link on the portal, somebody scans it with a telephone and answers, and the
 * recruiter sees a number go up and nobody's name. With the real receiver, and a decoder that knows nothing of the kit.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { readLinkCode } from '../../src/submission/link-code.ts';
import { inControllableBrowsers } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { catchDownloads, nextDownload } from '../support/person/downloads.ts';
import { atOnce, byKeyboard, byMouse } from '../support/person/hands.ts';
import { portal, shortEligible } from '../support/person/people.ts';
import { policyViolations } from '../support/person/policy.ts';
import { hire, sayLink, signInAs, untilHeading } from '../support/person/recruiter.ts';
import { linkTag, untilSaid, untilSheet } from '../support/person/sheet.ts';
import { newcomer, type Stage, usualShortStage } from '../support/person/stage.ts';
import { exported } from '../support/person/statistician.ts';
import { storedIn } from '../support/person/stored.ts';
import { answerScreening } from '../support/person/walk.ts';
import { readQr } from '../support/qr.ts';

/** Four and four, as a link's code is read out. */
const CODE = /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/;
const study = JSON.parse(readFileSync(new URL('../../demo/studies/keck.study.json', import.meta.url), 'utf8'));
const phone = { width: 390, height: 844 };

inControllableBrowsers('recruiting', (launch) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([usualShortStage.get(), launch()]);
  });
  after(() => browser?.close());

  test('a link is made by keyboard alone, scanned from the screen, answered on a telephone, and counted', async (t) => {
    const token = await hire(stage, portal.study, 'recruiter');
    const { tab, leave } = await newcomer(browser, `${stage.demo.url}/portal/recruit/`);
    t.after(leave);
    const hands = byKeyboard(tab, linkTag);
    await signInAs(tab, hands, token);
    await hands.choose({ kind: 'one', title: sayLink('link-channel'), choices: [] }, sayLink('channel-poster'), 0);
    await hands.press(sayLink('link-make'));
    const code = CODE.exec(await untilHeading(tab, CODE))?.[0] ?? '';

    await catchDownloads(tab);
    await hands.press(sayLink('link-qr-png'));
    const picture = await nextDownload(tab);
    assert.equal(picture.type, 'image/png');
    const address = await pointAtCode(tab);
    assert.equal(address, `${stage.demo.url}/receiver/j/${code}`);
    assert.equal(readQr(picture.bytes), address, 'the picture that is downloaded says the same');
    const paper = await printed(tab, () => atOnce(tab, linkTag).press(sayLink('link-print')));
    for (const part of [study.title.en, study.contacts[0]?.phone, `/j/${code}`])
      assert.ok(paper.includes(part ?? '?'), part);
    assert.ok(!paper.includes(sayLink('link-print')), 'the poster alone');
    assert.deepEqual(await policyViolations(tab), []);
    assert.ok(!(await storedIn(tab)).includes(token.slice(-20)), 'the token stays nowhere');

    // A messenger that looks at the address before its reader does counts for nobody.
    const preview = await (await fetch(address)).text();
    assert.doesNotMatch(/<head>.*<\/head>/s.exec(preview)?.[0] ?? '', /burnout|stress|keck|research|study/i);

    const { tab: telephone, leave: hangUp } = await newcomer(browser, 'about:blank');
    t.after(hangUp);
    await telephone.resize(phone);
    await telephone.open(address);
    await answerScreening(telephone, { words: portal.words, person: shortEligible, hands: byMouse });
    await untilSaid(telephone, portal.words.eligible);
    await untilSaid(telephone, portal.words.sent);

    const [screening, ...others] = stage.database.screeningsBy(readLinkCode(code) ?? '');
    assert.deepEqual(others, []);
    assert.deepEqual([screening?.verdict, screening?.source, screening?.deviations], ['eligible', 'poster', []]);
    // And so it leaves for whoever analyses: by the link's own source, as one that is true.
    const analysed = await exported(stage, portal.study, 'screenings.csv');
    const fromPosters = analysed.filter(({ source }) => source === 'poster');
    assert.equal(fromPosters.length, stage.database.screenings('poster').length);
    for (const row of fromPosters) assert.deepEqual([row.verdict, row.verified], ['eligible', '1']);

    // Keys go to the telephone by now.
    await atOnce(tab, linkTag).press(sayLink('link-all'));
    const counted = `${sayLink('link-opened')} 1 ${sayLink('link-completed')} 1 ${sayLink('link-eligible')} <5`;
    await untilSheet(tab, counted, ({ text }) => text.includes(code) && text.includes(counted), { element: linkTag });
  });
});

/** What is handed to the printer: a dialog of the browser's own is nobody's to see. */
async function printed(tab: JourneyBrowser, print: () => Promise<void>): Promise<string> {
  await tab.evaluate(() => {
    const inner = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
      ...inner,
      get(this: HTMLIFrameElement) {
        const paper: Window | null = inner?.get?.call(this);
        const keep = () => Object.assign(globalThis, { steadyPrinted: paper?.document.body.textContent });
        return paper && Object.assign(paper, { print: keep });
      },
    });
  });
  await print();
  return tab.evaluate(async () => {
    while (!Reflect.has(globalThis, 'steadyPrinted')) await new Promise((resolve) => setTimeout(resolve, 20));
    return Reflect.get(globalThis, 'steadyPrinted');
  });
}

/** Holds a telephone before the screen: what it reads there. */
async function pointAtCode(tab: JourneyBrowser): Promise<string | undefined> {
  await tab.evaluate(async (name: string) => {
    const code = document.querySelector(name)?.shadowRoot?.querySelector('.qr');
    code?.scrollIntoView({ block: 'center', behavior: 'instant' });
    // A picture is taken of what was drawn last.
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  }, linkTag);
  return readQr(await tab.screenshot());
}
