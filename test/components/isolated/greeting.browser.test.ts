import { expect } from '@open-wc/testing';
import { awaitHello, follow, type Meeting } from '../../../components/isolated/greeting.ts';
import { watchHeight } from '../../../components/isolated/watch-height.ts';

/** The frame's side: whose greeting it takes, once, and what it tells of its height. */

const HOST = 'https://portal.example.org';
const HELLO = { steady: 'hello', language: 'es', theme: 'dark' };

class Frame extends EventTarget {
  readonly parent: Window = window;
  met: Meeting | undefined;

  constructor() {
    super();
    void awaitHello([HOST, ''], this).then((meeting) => {
      this.met = meeting;
    });
  }

  async hear(init: MessageEventInit): Promise<Meeting | undefined> {
    this.dispatchEvent(new MessageEvent('message', init));
    await Promise.resolve();
    return this.met;
  }
}

const greeting = (changes: MessageEventInit = {}): MessageEventInit => ({
  data: HELLO,
  origin: HOST,
  source: window,
  ports: [new MessageChannel().port1],
  ...changes,
});

describe('the frame’s greeting', () => {
  it('is taken from the window around it, of an allowed origin, with its port', async () => {
    const init = greeting();
    const met = await new Frame().hear(init);
    expect(met?.port).to.equal(init.ports?.[0]);
    expect(met?.surroundings).to.deep.equal({ language: 'es', theme: 'dark' });
  });

  it('is not taken from anybody else, nor without a port or with two', async () => {
    const other = document.createElement('iframe');
    document.body.append(other);
    const refused: Record<string, MessageEventInit> = {
      'another origin': greeting({ origin: 'https://evil.example.org' }),
      'an origin that only begins so': greeting({ origin: `${HOST}.evil.example` }),
      'no origin': greeting({ origin: 'null' }),
      'another window': greeting({ source: other.contentWindow }),
      'no window': greeting({ source: null }),
      'no port': greeting({ ports: [] }),
      'two ports': greeting({ ports: [new MessageChannel().port1, new MessageChannel().port1] }),
      'no greeting': greeting({ data: { height: 1 } }),
    };
    const frame = new Frame();
    for (const [name, init] of Object.entries(refused)) expect(await frame.hear(init), name).to.equal(undefined);
    expect(await frame.hear(greeting()), 'the right one after all of them').not.to.equal(undefined);
    other.remove();
  });

  it('is taken once', async () => {
    const frame = new Frame();
    const first = await frame.hear(greeting());
    expect(await frame.hear(greeting({ data: { ...HELLO, language: 'en' } }))).to.equal(first);
  });

  it('opens a port that brings language and theme alone', async () => {
    const { port1, port2 } = new MessageChannel();
    const heard: unknown[] = [];
    const last = new Promise<void>((resolve) => {
      follow(port1, (surroundings) => {
        heard.push(surroundings);
        if (surroundings.language === 'last') resolve();
      });
    });
    for (const data of [null, HELLO, { language: 'en' }, { height: 5 }, { language: 'last', theme: 'light', more: 1 }])
      port2.postMessage(data);
    await last;
    expect(heard).to.deep.equal([
      { language: 'es', theme: 'dark' },
      { language: 'last', theme: 'light' },
    ]);
  });
});

describe('the frame’s height', () => {
  it('is told at first, and at once when the content changes, as often as it does', async () => {
    const element = document.createElement('div');
    const root = element.attachShadow({ mode: 'open' });
    root.innerHTML = '<p></p>';
    const [line] = root.children;
    document.body.append(element);
    const told: number[] = [];
    let news: (() => void) | undefined;
    watchHeight(element, (height) => {
      told.push(height);
      news?.();
    });
    expect(told).to.deep.equal([element.getBoundingClientRect().height]);
    const next = new Promise<void>((resolve) => {
      news = resolve;
    });
    line?.append('Words that make it higher.');
    await next;
    expect(told.at(-1)).to.equal(element.getBoundingClientRect().height);
    expect(told.length).to.equal(2);
    element.remove();
  });
});
