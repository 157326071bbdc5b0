import { assert } from '@open-wc/testing';
import { StateChangedEvent, SteadyErrorEvent, SubmissionChangedEvent } from '../../../components/index.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver, stage } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

const NAMES = ['steady-state-changed', 'steady-submission-changed', 'steady-error'] as const;
/** Typed by nobody else: where one of these is found, an answer has leaked. */
const SECRETS = ['Zebrafish', 'zebra@secret.example', '37'];
const LEVELS = ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir', 'table'] as const;

describe('what the screener tells its page', () => {
  let events: Event[] = [];
  const listen = (event: Event) => events.push(event);
  beforeEach(() => {
    events = [];
    for (const name of NAMES) document.addEventListener(name, listen);
  });
  afterEach(async () => {
    for (const name of NAMES) document.removeEventListener(name, listen);
    await clearStage();
  });

  /** An event in a few words. */
  function told(event: Event): string {
    if (event instanceof StateChangedEvent) return event.state;
    if (event instanceof SubmissionChangedEvent) return `${event.kind} ${event.status}`;
    return event instanceof SteadyErrorEvent ? `error ${event.code}` : event.type;
  }

  async function answer(screener: ScreenerDriver, role: string) {
    await screener.untilHeading('Your work');
    screener.choose(role);
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '37');
    screener.press('Send my answers');
  }

  async function leaveContact(screener: ScreenerDriver) {
    await screener.untilHeading('You may be able to take part');
    screener.type('What should we call you?', 'Zebrafish');
    screener.type('Where can we write to you?', 'zebra@secret.example');
    screener.press('Send my contact details');
  }

  it('states and submissions, in order, from the first question to the receipt', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = ScreenerDriver.open({ endpoint: endpoint.address });
    await answer(screener, 'Nurse');
    await screener.untilText('Your answers were sent');
    await leaveContact(screener);
    await screener.untilState('sent');
    const states = events.filter((event) => event instanceof StateChangedEvent).map(told);
    assert.deepEqual(states, ['ready', 'sending', 'ready', 'sending', 'sent']);
    const submissions = events.filter((event) => event instanceof SubmissionChangedEvent);
    for (const kind of ['screening', 'contact']) {
      const own = submissions.filter((event) => event.kind === kind);
      const ways = own.map(({ status }) => status);
      assert.deepEqual([...new Set(ways)], ['queued', 'sending', 'delivered'], kind);
      assert.lengthOf(new Set(own.map(({ id }) => id)), 1);
    }
    const [screening, contact] = await endpoint.stored(2);
    assert.deepEqual([...new Set(submissions.map(({ id }) => id))], [screening?.id, contact?.id] as string[]);
    assert.isEmpty(events.filter((event) => event instanceof SteadyErrorEvent));
  });

  it('a page turned, a problem shown, a step back: no event, for nothing of that is the page’s', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = ScreenerDriver.open({ endpoint: endpoint.address });
    await screener.untilHeading('Your work');
    screener.press('Next');
    await screener.until('the summary', () => screener.root.querySelector('.summary') !== null);
    screener.choose('Nurse');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.press('Back');
    await screener.untilHeading('Your work');
    assert.deepEqual(events.map(told), ['ready']);
  });

  it('kept, and sent later', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down' });
    const screener = ScreenerDriver.open({ endpoint: endpoint.address });
    await answer(screener, 'Office');
    await screener.untilState('kept');
    await endpoint.tell({ submissions: 'receipt' });
    screener.press('Send again');
    await screener.untilState('sent');
    const states = events.filter((event) => event instanceof StateChangedEvent).map(told);
    assert.deepEqual(states, ['ready', 'sending', 'kept', 'sending', 'sent']);
    const ways = events.filter((event) => event instanceof SubmissionChangedEvent).map(({ status }) => status);
    assert.include(ways, 'waiting');
    assert.equal(ways.at(-1), 'delivered');
  });

  it('closed and failed', async () => {
    ScreenerDriver.open({ endpoint: (await TestEndpoint.open(sampleStudy({}, { recruitment: 'closed' }))).address });
    const failing = ScreenerDriver.open({ endpoint: (await TestEndpoint.open()).address });
    await failing.untilState('failed');
    while (events.length < 3)
      await Promise.race(
        NAMES.map((name) => new Promise((resolve) => stage().addEventListener(name, resolve, { once: true }))),
      );
    assert.sameMembers(events.map(told), ['closed', 'failed', 'error study-not-found']);
  });

  it('does not tell the page whether a person is eligible', async () => {
    const tellings = await Promise.all(
      ['Office', 'Prefer not to answer'].map(async (role) => {
        const endpoint = await TestEndpoint.open(sampleStudy());
        const screener = ScreenerDriver.open({ endpoint: endpoint.address });
        const own: string[] = [];
        for (const name of NAMES) screener.element.addEventListener(name, (event) => own.push(told(event)));
        await answer(screener, role);
        await screener.untilState('sent');
        return own;
      }),
    );
    assert.deepEqual(tellings[0], tellings[1]);
  });

  it('events bubble out of shadow roots, carry typed fields and nothing else', async () => {
    const outer = document.createElement('div');
    stage().append(outer);
    const inner = document.createElement('section');
    outer.attachShadow({ mode: 'open' }).append(inner);
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = ScreenerDriver.open({ endpoint: endpoint.address, parent: inner });
    await answer(screener, 'Nurse');
    await screener.untilText('Your answers were sent');
    screener.element.study = '';
    await screener.untilState('failed');
    // What it says to the developer is fetched when there is something to say.
    while (!events.some(({ type }) => type === 'steady-error')) await new Promise(requestAnimationFrame);
    const fields = {
      StateChangedEvent: ['state'],
      SubmissionChangedEvent: ['id', 'kind', 'status'],
      SteadyErrorEvent: ['code', 'message'],
    };
    const seen = new Set<string>();
    for (const event of events) {
      assert.isTrue(event.bubbles && event.composed && !event.cancelable, event.type);
      const name = event.constructor.name as keyof typeof fields;
      seen.add(name);
      const own = Object.keys(event).filter((key) => key !== 'isTrusted');
      assert.sameMembers(own, fields[name]);
      for (const key of own) assert.isString(Reflect.get(event, key));
    }
    assert.sameMembers([...seen], Object.keys(fields));
  });

  it('no answer is in events, attributes, addresses, console or the page; only in the submission and the tab', async () => {
    const lines: string[] = [];
    const before = LEVELS.map((level) => [level, console[level]] as const);
    for (const level of LEVELS) console[level] = (...words: unknown[]) => void lines.push(words.map(String).join(' '));
    const native: string[] = [];
    const hear = (event: Event) => {
      if (event instanceof CustomEvent) native.push(`${event.type} ${JSON.stringify(event.detail)}`);
    };
    for (const type of ['input', 'change', 'submit', 'answer', 'error']) document.addEventListener(type, hear);
    try {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const address = location.href;
      const attributes = (one: Element) => one.getAttributeNames().map((name) => `${name}=${one.getAttribute(name)}`);
      const screener = ScreenerDriver.open({ endpoint: endpoint.address });
      const own = attributes(screener.element);
      const inside: string[] = [];
      const observer = new MutationObserver(() => inside.push(...screener.all('*').flatMap(attributes)));
      observer.observe(screener.root, { subtree: true, childList: true, attributes: true });
      await answer(screener, 'Nurse');
      await leaveContact(screener);
      await screener.untilState('sent');
      observer.disconnect();
      // A failure as well: what the console says of it names the study's file, not what somebody typed.
      const failure = new Promise((resolve) =>
        screener.element.addEventListener('steady-error', resolve, { once: true }),
      );
      screener.element.study = 'https://elsewhere.example/study.json';
      await Promise.all([screener.untilState('failed'), failure]);
      screener.element.study = 'quiet-hours';
      screener.element.setAttribute('study', 'quiet-hours');
      assert.deepEqual(attributes(screener.element), own);
      assert.equal(location.href, address);
      const everywhere = [
        ...events.map((event) => JSON.stringify(Object.fromEntries(Object.entries(event)))),
        ...native,
        ...lines,
        ...performance.getEntriesByType('resource').map(({ name }) => name),
        ...inside,
        document.title,
        document.cookie,
        JSON.stringify(localStorage),
        JSON.stringify(history.state),
        screener.element.outerHTML,
      ].join('\n');
      for (const secret of SECRETS.slice(0, 2)) assert.notInclude(everywhere, secret);
      const withoutNumbers = [...native, ...lines.filter((line) => !line.includes(endpoint.address))].join('\n');
      assert.notMatch(withoutNumbers, /\b37\b/);
      assert.include(lines.join('\n'), 'study-refused');
    } finally {
      for (const [level, write] of before) console[level] = write;
      for (const type of ['input', 'change', 'submit', 'answer', 'error']) document.removeEventListener(type, hear);
    }
  });
});
