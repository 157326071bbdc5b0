import { expect, waitUntil } from '@open-wc/testing';
import { beAtHome } from '../../../components/element/home.ts';
import { SteadyElement } from '../../../components/element/steady-element.ts';
import { IsolatedFrame, type Wait } from '../../../components/isolated/isolated-frame.ts';
import '../../../components/eligibility-screener/eligibility-screener.define.ts';
import type { EligibilityScreener } from '../../../components/index.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { closeEndpoints, TestEndpoint } from '../../support/browser/test-endpoint.ts';

/** The host page's side of an isolated element, with a stand-in for the frame on another origin. */

/** The same server by another name: another origin to the browser. */
const elsewhere = ({ address }: TestEndpoint): string => address.replace(location.hostname, '127.0.0.1');

/** Takes the greeting, says what it is told to, and says back as an error what it hears. */
const frameThatSays = (...messages: string[]): object => ({
  study: {
    type: 'text/html',
    body: `<script>
      onmessage = ({ data, ports: [port] }) => {
        const hear = (heard) => port.postMessage({ error: { code: 'heard', message: JSON.stringify(heard) } });
        port.onmessage = (event) => hear(event.data);
        for (const message of [${messages.join()}]) port.postMessage(message);
        hear(data);
      };
    </script>`,
  },
});

interface Seen {
  readonly element: EligibilityScreener;
  readonly root: ShadowRoot;
  readonly states: string[];
  readonly errors: { code: string; message: string }[];
  /** Resolves once an event of this type has this `code` or `state`. */
  until(what: string): Promise<void>;
}

function put(attributes: Readonly<Record<string, string>>): Seen {
  const element = document.createElement('steady-eligibility-screener');
  for (const [name, value] of Object.entries({ study: 'quiet-hours', lang: 'en', ...attributes })) {
    element.setAttribute(name, value);
  }
  element.textContent = 'Please call 555-0100.';
  const states: string[] = [];
  const errors: { code: string; message: string }[] = [];
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of waiting) look();
  };
  element.addEventListener('steady-state-changed', ({ state }) => {
    states.push(state);
    tell();
  });
  element.addEventListener('steady-error', ({ code, message }) => {
    errors.push({ code, message });
    tell();
  });
  document.body.append(element);
  const { shadowRoot } = element;
  if (shadowRoot === null) throw new Error('The element has not been upgraded.');
  const until = (what: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!states.includes(what) && !errors.some(({ code }) => code === what)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { element, root: shadowRoot, states, errors, until };
}

const frameIn = (root: ShadowRoot): HTMLIFrameElement => {
  const frame = root.querySelector('iframe');
  if (frame === null) throw new Error('There is no frame.');
  return frame;
};

function nothingAsked(root: ShadowRoot): void {
  expect(root.querySelectorAll('input, select, textarea, form').length).to.equal(0);
}

/** Its words may come after it. */
function titled(frame: HTMLIFrameElement): Promise<string> {
  return new Promise((resolve) => {
    const look = () => frame.title !== '' && resolve(frame.title);
    new MutationObserver(look).observe(frame, { attributes: true });
    look();
  });
}

describe('an isolated element on its page', () => {
  afterEach(async () => {
    for (const element of document.querySelectorAll('steady-eligibility-screener')) element.remove();
    await closeEndpoints();
  });

  it('is a named frame of the endpoint’s, as high as it says, and fetches nothing else', async () => {
    const endpoint = await TestEndpoint.open(undefined, frameThatSays('{ height: 321.4 }', '{ state: "ready" }'));
    performance.clearResourceTimings();
    const { element, errors, root, states, until } = put({
      endpoint: elsewhere(endpoint),
      isolated: '',
      source: 'poster',
    });
    await until('heard');
    const frame = frameIn(root);
    expect(frame.src).to.equal(
      `${elsewhere(endpoint)}/studies/quiet-hours/frame/eligibility-screener?source=poster&idle-minutes=15`,
    );
    expect(frame.referrerPolicy).to.equal('no-referrer');
    expect(frame.hasAttribute('sandbox')).to.equal(false);
    expect(frame.hasAttribute('style')).to.equal(false);
    expect(frame.getBoundingClientRect().height).to.equal(322);
    expect(element.getBoundingClientRect().height).to.equal(322);
    expect(states).to.deep.equal(['ready']);
    expect(JSON.parse(errors[0]?.message ?? '')).to.deep.equal({ steady: 'hello', language: 'en', theme: 'light' });
    expect(await titled(frame)).to.equal('Questions of the study');
    nothingAsked(root);
    const asked = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/studies/'));
    expect(asked.filter((entry) => Reflect.get(entry, 'initiatorType') !== 'iframe')).to.deep.equal([]);
  });

  it('takes no height that is none, and no state or error that there is not', async () => {
    const bad = ['"700"', '-1', 'NaN', 'Infinity', '1e9', 'null', '{}'].map((height) => `{ height: ${height} }`);
    const worse = ['null', '7', '{ state: "eligible" }', '{ error: { code: "A b", message: "" } }', '{ answers: 1 }'];
    const endpoint = await TestEndpoint.open(undefined, frameThatSays('{ height: 200 }', ...bad, ...worse));
    const { errors, root, states, until } = put({ endpoint: elsewhere(endpoint), isolated: '' });
    await until('heard');
    expect(frameIn(root).getBoundingClientRect().height).to.equal(200);
    expect(states).to.deep.equal([]);
    expect(errors.map(({ code }) => code)).to.deep.equal(['heard']);
  });

  it('listens to its port alone: what any window says to the page changes nothing', async () => {
    const endpoint = await TestEndpoint.open(undefined, frameThatSays('{ height: 200 }', '{ state: "ready" }'));
    const { element, root, states, until } = put({ endpoint: elsewhere(endpoint), isolated: '' });
    await until('heard');
    const other = document.createElement('iframe');
    other.srcdoc = `<script>for (const data of [{ height: 9 }, { state: 'failed' }]) parent.postMessage(data, '*')</script>`;
    const heard = new Promise<void>((resolve) => {
      addEventListener('message', function hear({ data }) {
        if (data?.state !== 'failed' || this === undefined) return;
        removeEventListener('message', hear);
        resolve();
      });
    });
    document.body.append(other);
    await heard;
    other.remove();
    await element.updateComplete;
    expect(frameIn(root).getBoundingClientRect().height).to.equal(200);
    expect(states).to.deep.equal(['ready']);
  });

  it('hands on how the page reads and looks when that changes', async () => {
    const endpoint = await TestEndpoint.open(undefined, frameThatSays('{ height: 200 }'));
    const { element, errors, until } = put({ endpoint: elsewhere(endpoint), isolated: '' });
    await until('heard');
    const told = () => errors.map(({ message }) => JSON.parse(message)).slice(1);
    const news = new Promise<void>((resolve) =>
      element.addEventListener('steady-error', () => told().at(-1)?.theme === 'dark' && resolve()),
    );
    element.setAttribute('lang', 'es');
    element.setAttribute('theme', 'dark');
    await news;
    expect(told().at(-1)).to.deep.equal({ language: 'es', theme: 'dark' });
  });

  it('refuses a frame of the page’s own origin, which its scripts could read, and links instead', async () => {
    const endpoint = await TestEndpoint.open(undefined, frameThatSays('{ state: "ready" }'));
    const { element, root, until } = put({ endpoint: endpoint.address, isolated: '' });
    await until('not-isolated');
    expect(element.state).to.equal('failed');
    expect(root.querySelector('iframe')).to.equal(null);
    expect(root.querySelector('a')?.href).to.equal(`${endpoint.address}/p/quiet-hours?idle-minutes=15&lang=en`);
    expect(root.querySelector('slot')).not.to.equal(null);
    nothingAsked(root);
  });

  it('asks for the study’s id, because the endpoint knows no addresses', async () => {
    const { root, until } = put({ endpoint: 'http://127.0.0.1:1/', study: '/studies/one.json', isolated: '' });
    await until('isolation-needs-id');
    expect(root.querySelector('iframe')).to.equal(null);
    nothingAsked(root);
  });

  it('is drawn in a frame where its study requires it, whatever the page says later', async () => {
    const study = sampleStudy({ isolation: 'required' });
    const endpoint = await TestEndpoint.open(study);
    const { element, root, until } = put({ endpoint: endpoint.address });
    // On the page's own origin it ends as the link; what matters is that nothing is asked here.
    await until('not-isolated');
    nothingAsked(root);
    element.isolated = false;
    element.lang = 'es';
    await element.updateComplete;
    nothingAsked(root);
    expect(root.querySelector('a')?.textContent).not.to.equal('');
  });

  it('on the endpoint’s own page is drawn in place, whatever the study and the tag say', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy({ isolation: 'required' }));
    const element = document.createElement('steady-eligibility-screener');
    beAtHome(element);
    Object.assign(element, { study: 'quiet-hours', endpoint: endpoint.address, isolated: true, lang: 'en' });
    document.body.append(element);
    const questions = () => (element.shadowRoot?.querySelectorAll('input').length ?? 0) > 1;
    await waitUntil(questions, 'the first page is drawn', { timeout: 10_000 });
    expect(element.shadowRoot?.querySelector('iframe')).to.equal(null);
  });
});

describe('a frame that does not answer', () => {
  /** An element with the frame alone, whose patience the test ends. */
  class Probe extends SteadyElement {
    readonly states: string[] = [];
    readonly codes: string[] = [];
    frame: IsolatedFrame | undefined;

    get words(): Promise<void> {
      return this.locale.whole;
    }

    begin(wait: Wait): void {
      const voice = {
        setState: (state: string) => void this.states.push(state),
        report: ({ code }: { code: string }) => void this.codes.push(code),
      };
      this.frame = new IsolatedFrame(this, this.locale, this.colours, voice, wait);
      this.frame.draw('quiet-hours');
    }

    protected override shouldUpdate(): boolean {
      this.frame?.draw('quiet-hours');
      return false;
    }
  }
  customElements.define('steady-probe', Probe);

  it('is given up for a link when patience ends, and taken when it answers after all', async () => {
    const endpoint = await TestEndpoint.open(undefined, { study: 'wait' });
    const probe = new Probe();
    probe.endpoint = elsewhere(endpoint);
    probe.lang = 'en';
    document.body.append(probe);
    await probe.updateComplete;
    let giveUp = () => {};
    probe.begin((_, then) => {
      giveUp = then;
      return () => {};
    });
    await probe.words;
    giveUp();
    expect(probe.states).to.deep.equal(['loading', 'failed']);
    expect(probe.codes).to.deep.equal(['frame-unreachable']);
    const root = probe.shadowRoot;
    expect(root?.querySelector('a')?.href).to.contain('/p/quiet-hours');
    const answered = new Promise<void>((resolve) => {
      probe.codes.push = (...codes) => {
        resolve();
        return Array.prototype.push.apply(probe.codes, codes);
      };
    });
    await endpoint.tell(frameThatSays('{ height: 50 }'));
    await answered;
    expect(root?.querySelector('a')).to.equal(null);
    expect(root?.querySelector('iframe')?.getBoundingClientRect().height).to.equal(50);
    probe.remove();
    await closeEndpoints();
  });
});
