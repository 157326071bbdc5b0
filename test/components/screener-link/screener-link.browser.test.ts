import { assert } from '@open-wc/testing';
import type { SteadyErrorEvent } from '../../../components/index.ts';
import { linkWords } from '../../../components/locales/link.ts';
import { posterStyles, sheetStyles } from '../../../components/screener-link/poster.styles.ts';
import { poster } from '../../../components/screener-link/poster.ts';
import { printSheet } from '../../../components/screener-link/print-sheet.ts';
import { shownPage } from '../../../components/screener-link/shown-link.ts';
import { clearStage, stage } from '../../support/browser/element-driver.ts';
import { LinkDriver } from '../../support/browser/link-driver.ts';
import { RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage, storageDump } from '../../support/browser/storage-dump.ts';

const sites = [
  { id: 'north', title: 'North' },
  { id: 'south', title: 'South' },
];

async function open(attributes: Record<string, string> = {}) {
  const receiver = await RealReceiver.open({ changes: { sites }, screening: true });
  return { receiver, links: LinkDriver.open({ endpoint: receiver.address, attributes }) };
}

async function signedIn(attributes?: Record<string, string>) {
  const { receiver, links } = await open(attributes);
  const token = await receiver.hire('recruiter');
  await links.signIn(token);
  await links.untilHeading(links.say('link-new-title'));
  return { receiver, links, token };
}

/** The next thing that a developer is told. */
function nextError(): Promise<SteadyErrorEvent> {
  return new Promise((resolve) => window.addEventListener('steady-error', resolve, { once: true }));
}

describe('a staff token', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  it('is typed where nobody reads along, and is nowhere afterwards', async () => {
    const { links, token } = await signedIn();
    assert.equal(links.focused, links.get('h2'));
    await links.make('channel-chat');
    await links.untilText(links.say('link-made'));
    const secret = token.slice(-20);
    assert.notInclude(await storageDump(), secret);
    assert.notInclude(links.element.outerHTML + links.root.innerHTML, secret);
    for (const input of links.all<HTMLInputElement>('input')) assert.notInclude(input.value, secret);

    links.press(links.say('link-sign-out'));
    await links.untilHeading(links.say('link-sign-in-title'));
    const field = links.get<HTMLInputElement>('#token');
    assert.deepEqual([field.type, field.value], ['password', '']);
    assert.notMatch(links.text, /[0-9A-Z]{4}-[0-9A-Z]{4}/, 'no link stays');
  });

  it('that is wrong leaves the focus in the field that says so', async () => {
    const { links } = await open();
    await links.signIn('steady-staff-wrong');
    await links.untilText(links.say('link-token-wrong'));
    await links.until('the focus', () => links.focused === links.get('#token'));
    assert.equal(links.get('#token').getAttribute('aria-invalid'), 'true');
  });

  it('that the page knows is a property, which is empty again; an attribute signs nobody in', async () => {
    const { receiver, links } = await open();
    const token = await receiver.hire('recruiter');
    links.element.token = token;
    await links.untilHeading(links.say('link-new-title'));
    assert.equal(links.element.token, '');
    links.element.remove();

    const told = nextError();
    const other = LinkDriver.open({ endpoint: receiver.address, attributes: { token } });
    assert.equal((await told).code, 'token-attribute');
    await other.untilHeading(other.say('link-sign-in-title'));
  });

  it('is forgotten when the page is left: Back would show it to whoever comes next', async () => {
    const { links } = await signedIn();
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await links.untilHeading(links.say('link-sign-in-title'));
  });

  it('is forgotten when nobody uses the page', async () => {
    const { links } = await signedIn({ 'idle-minutes': '0.01' });
    await links.untilHeading(links.say('link-sign-in-title'));
    assert.include(links.text, links.say('link-idle'));
  });
});

describe('a copy button', () => {
  afterEach(async () => {
    Reflect.deleteProperty(navigator, 'clipboard');
    await clearStage();
  });

  const clipboard = (writeText: (text: string) => Promise<void>) =>
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });

  it('copies what is shown, and says so; else the text is selected, and that is said', async () => {
    const copied: string[] = [];
    clipboard(async (text) => void copied.push(text));
    const { links } = await signedIn();
    await links.make('channel-email', undefined, 'north');
    await links.untilText(links.say('link-made'));
    links.press(links.say('link-copy-text'));
    await links.untilText(links.say('link-copied'));
    const { value } = links.get<HTMLTextAreaElement>('#text');
    assert.deepEqual(copied, [value]);
    assert.include(value, links.get<HTMLInputElement>('#address').value);

    clipboard(() => Promise.reject(new DOMException('No.', 'NotAllowedError')));
    links.press(links.say('link-copy-address'));
    await links.untilText(links.say('link-copy-failed'));
    const address = links.get<HTMLInputElement>('#address');
    assert.equal(links.focused, address);
    assert.deepEqual([address.selectionStart, address.selectionEnd], [0, address.value.length]);
  });
});

describe('a poster', () => {
  afterEach(clearStage);

  it('is printed by itself, in a window of its own style, which then goes', async () => {
    const place = { study: undefined, mode: 'live', words: linkWords } as const;
    const page = { page: '/study/', base: location.href };
    const { facts, say } = await shownPage({ channel: 'poster', language: 'es' }, page, place);
    const sheet = { content: poster(facts, say), styles: [posterStyles, sheetStyles], title: 'qr', language: 'es' };
    const paper = await new Promise<Window & typeof globalThis>((print) => printSheet(sheet, stage(), print));
    const { body, documentElement, title } = paper.document;
    assert.deepEqual([documentElement.lang, title], ['es', 'qr']);
    assert.include(body.textContent, say('poster-title'));
    assert.equal(body.children.length, 1, 'nothing but the poster');
    const { color, backgroundColor } = paper.getComputedStyle(body.children[0] as Element);
    assert.deepEqual([color, backgroundColor], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    assert.isAbove(body.querySelector('svg')?.getBoundingClientRect().width ?? 0, 0);
    paper.dispatchEvent(new Event('afterprint'));
    assert.equal(stage().querySelector('iframe'), null);
  });
});

describe('without an endpoint', () => {
  afterEach(clearStage);

  it('a plain address is made, and it says that nothing of it is checked', async () => {
    const links = LinkDriver.open({ endpoint: '', study: '', attributes: { page: '/study/' } });
    await links.untilText(links.say('link-unverified'));
    await links.make('channel-poster', 'Spanish');
    await links.untilHeading(links.say('link-title-plain'));
    assert.include(links.text, links.say('link-unverified-text'));
    assert.equal(links.get<HTMLInputElement>('#address').value, new URL('/study/?source=poster', location.href).href);
    assert.equal(links.get('.poster').lang, 'es');
    links.press(links.say('link-another'));
    await links.untilHeading(links.say('link-new-title'));
  });

  it('an address that is none is told to the developer', async () => {
    const told = nextError();
    const links = LinkDriver.open({ endpoint: '', study: '', attributes: { page: 'http://elsewhere.example/' } });
    await links.untilState('failed');
    const { code, message } = await told;
    assert.equal(code, 'page-refused');
    assert.match(message, /https/);
  });
});
