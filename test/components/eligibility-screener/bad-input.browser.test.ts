import { assert } from '@open-wc/testing';
import type { SteadyErrorEvent } from '../../../components/index.ts';
import type { PlannedAnswer } from '../../suites/support/endpoint-plan.ts';
import { sampleStudy, screeningForm } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

interface Case {
  readonly what: string;
  readonly study: PlannedAnswer;
  readonly code: string;
  /** What the developer reads. */
  readonly says: RegExp;
  /** Whether enough of the study could be read to name whom to ask. */
  readonly contacts?: boolean;
}

const json = (study: object): PlannedAnswer => ({ body: JSON.stringify(study) });
const form = (element: object) => ({ form: { elements: [{ name: 'role', title: 'Role?', ...element }] } });

const cases: readonly Case[] = [
  {
    what: 'is missing',
    study: { status: 404 },
    code: 'study-not-found',
    says: /answers 404\. It is not there: check study and endpoint/,
  },
  { what: 'is gone', study: { status: 410 }, code: 'study-not-found', says: /answers 410\. It is not there/ },
  { what: 'is forbidden', study: { status: 403 }, code: 'study-unreachable', says: /answers 403/ },
  { what: 'is behind a server in trouble', study: { status: 503 }, code: 'study-unreachable', says: /answers 503/ },
  { what: 'cannot be reached', study: 'down', code: 'study-unreachable', says: /could not be reached/ },
  {
    what: 'is behind a redirect',
    study: { status: 302, headers: { Location: '/sign-in' } },
    code: 'study-redirected',
    says: /answers with a redirect/,
  },
  {
    what: 'is a page to sign in',
    study: { type: 'text/html', body: '<!doctype html><title>Sign in</title><form>' },
    code: 'bad-study',
    says: /\S/,
  },
  { what: 'is empty', study: { body: '' }, code: 'bad-study', says: /\S/ },
  { what: 'is not JSON', study: { body: '{ "id": "quiet-hours",' }, code: 'bad-study', says: /JSON/ },
  { what: 'is JSON of something else', study: json({ cart: [1] }), code: 'bad-study', says: /id/ },
  { what: 'is a list', study: json([]), code: 'bad-study', says: /\S/ },
  {
    what: 'is 5 MB',
    study: { body: JSON.stringify(sampleStudy({}, { sponsor: 'x'.repeat(5_000_000) })) },
    code: 'bad-study',
    says: /large|MB|KB|long/i,
  },
  {
    what: 'has a question that the kit does not support',
    study: json(sampleStudy(form({ type: 'signaturepad' }))),
    code: 'bad-study',
    says: /screening\.form\.elements\[0\].*signaturepad/s,
    contacts: true,
  },
  {
    what: 'has a property that would change behaviour',
    study: json(sampleStudy(form({ type: 'boolean', hideIf: '{role} = 1' }))),
    code: 'bad-study',
    says: /screening\.form\.elements\[0\].*hideIf/s,
    contacts: true,
  },
  {
    what: 'has a condition of an unknown kind',
    study: json(
      sampleStudy({ criteria: [{ id: 'x', kind: 'inclusion', wording: 'X', when: { question: 'role', like: 'n' } }] }),
    ),
    code: 'bad-study',
    says: /screening\.criteria\[0\]\.when/,
    contacts: true,
  },
  {
    what: 'has no screening',
    study: json(sampleStudy({}, { screening: undefined })),
    code: 'bad-study',
    says: /screening/,
    contacts: true,
  },
];

describe('a study that cannot be used', () => {
  let events: SteadyErrorEvent[] = [];
  let told = Promise.withResolvers<void>();
  const listen = (event: SteadyErrorEvent) => {
    events.push(event);
    told.resolve();
  };
  beforeEach(() => {
    events = [];
    told = Promise.withResolvers();
    window.addEventListener('steady-error', listen);
  });
  afterEach(async () => {
    window.removeEventListener('steady-error', listen);
    await clearStage();
  });

  /** A message that blames nobody, the page's own words, a way to try again, and the code for whoever is called. */
  async function failure(screener: ScreenerDriver, code: string): Promise<SteadyErrorEvent> {
    await screener.untilState('failed');
    await screener.until('its message', () => screener.heading !== '');
    assert.equal(screener.heading, 'The questions could not be loaded');
    assert.include(screener.get('[role=alert]').textContent, 'This is not because of anything you did.');
    assert.equal(screener.get('.code').textContent, code);
    assert.equal(screener.get<HTMLSlotElement>('slot').assignedNodes()[0]?.textContent, 'Call us.');
    assert.isAbove(screener.get('slot').parentElement?.getBoundingClientRect().height ?? 0, 10);
    // What the developer is told may have to be fetched.
    await told.promise;
    assert.lengthOf(events, 1);
    const [event] = events;
    assert.equal(event?.code, code);
    assert.notInclude(screener.text, event?.message ?? '', 'what the developer reads is not for the participant');
    return event ?? assert.fail();
  }

  const open = (options: { endpoint: string; study?: string }) =>
    ScreenerDriver.open({ fallback: 'Call us.', ...options });

  for (const { what, study, code, says, contacts = false } of cases) {
    it(`that ${what}`, async () => {
      const endpoint = await TestEndpoint.open(undefined, { study });
      const screener = open({ endpoint: endpoint.address });
      const { message } = await failure(screener, code);
      assert.match(message, says);
      assert.include(message, `${endpoint.address}/studies/quiet-hours`);
      assert.equal(screener.text.includes('(555) 555-0170'), contacts, 'contacts, where they could be read');
      assert.equal(screener.text.includes('If it goes on, the study team can help you.'), contacts);
    });
  }

  it('comes by “Try again” when it can be used again; the focus goes to its questions', async () => {
    const endpoint = await TestEndpoint.open(undefined, { study: 'down' });
    const screener = open({ endpoint: endpoint.address });
    await failure(screener, 'study-unreachable');
    await endpoint.tell({ study: 'wait' });
    screener.button('Try again').focus();
    screener.press('Try again');
    await screener.untilText('Loading the questions');
    await endpoint.tell({ study: json(sampleStudy()) });
    await screener.untilHeading('Your work');
    await screener.until('focus on the heading', () => screener.focused?.localName === 'h2');
    assert.equal(screener.element.state, 'ready');
  });

  it('stays away: “Try again” says so again, and the focus is on the message', async () => {
    const endpoint = await TestEndpoint.open(undefined, { study: { status: 503 } });
    const screener = open({ endpoint: endpoint.address });
    await failure(screener, 'study-unreachable');
    told = Promise.withResolvers();
    screener.press('Try again');
    await screener.until('focus on the heading', () => screener.focused?.localName === 'h2');
    assert.equal(screener.heading, 'The questions could not be loaded');
    await told.promise;
    assert.lengthOf(events, 2);
  });

  it('that answers nothing: the page’s own words are shown as long as it takes', async () => {
    const endpoint = await TestEndpoint.open(undefined, { study: 'wait' });
    const screener = open({ endpoint: endpoint.address });
    await screener.untilText('Loading the questions');
    assert.isNotNull(screener.root.querySelector('slot'));
    assert.equal(screener.get('.card').getAttribute('aria-busy'), 'true');
  });

  describe('or is not named well', () => {
    const addresses: readonly { what: string; endpoint: string; study?: string; code: string; says: RegExp }[] = [
      { what: 'no study', endpoint: '/endpoint/none', study: '', code: 'no-study', says: /Add study=/ },
      { what: 'no endpoint', endpoint: '', code: 'no-endpoint', says: /Add endpoint=/ },
      {
        what: 'an endpoint over plain http elsewhere',
        endpoint: 'http://trial.example/api',
        code: 'study-refused',
        says: /is not https/,
      },
      {
        what: 'an endpoint that is no address',
        endpoint: 'https://',
        code: 'study-refused',
        says: /is not an address/,
      },
      {
        what: 'a study on another origin',
        endpoint: '/endpoint/none',
        study: 'https://elsewhere.example/x.study.json',
        code: 'study-refused',
        says: /elsewhere\.example.*own origin/,
      },
      {
        what: 'a study that is script',
        endpoint: '/endpoint/none',
        study: 'javascript:alert(1)',
        code: 'study-refused',
        says: /own origin/,
      },
      {
        what: 'a study over data:',
        endpoint: '/endpoint/none',
        study: `data:application/json,${encodeURIComponent(JSON.stringify(sampleStudy()))}`,
        code: 'study-refused',
        says: /own origin/,
      },
    ];
    for (const { what, code, says, ...options } of addresses) {
      it(what, async () => {
        const { message } = await failure(open(options), code);
        assert.match(message, says);
      });
    }

    it('an endpoint is missing though the study is there: whom to ask is known', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const screener = open({ endpoint: '', study: `${endpoint.address}/studies/quiet-hours` });
      await failure(screener, 'no-endpoint');
      assert.include(screener.text, '(555) 555-0170');
    });

    it('mended by the page, it loads', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const screener = open({ endpoint: '' });
      await failure(screener, 'no-endpoint');
      screener.element.endpoint = endpoint.address;
      await screener.untilHeading('Your work');
    });

    it('another study takes the place of the first, and what was answered there stays in its draft', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const other = await TestEndpoint.open(sampleStudy({}, { id: 'other', title: 'Other' }), {});
      const screener = open({ endpoint: endpoint.address });
      await screener.untilHeading('Your work');
      screener.choose('Nurse');
      await screener.untilText('Saved in this tab');
      screener.element.endpoint = other.address;
      await screener.until('a fresh form', () => screener.heading === 'Your work' && !screener.choice('Nurse').checked);
      screener.element.endpoint = endpoint.address;
      await screener.until('the first one', () => screener.heading === 'Your work' && screener.choice('Nurse').checked);
      assert.deepEqual(events, []);
    });

    it('an answer for the first address that comes after the second is dropped', async () => {
      const slow = await TestEndpoint.open(undefined, { study: 'wait' });
      const quick = await TestEndpoint.open(sampleStudy());
      const screener = open({ endpoint: slow.address });
      await screener.untilText('Loading the questions');
      screener.element.endpoint = quick.address;
      await screener.untilHeading('Your work');
      await slow.tell({ study: { status: 500 } });
      await screener.element.updateComplete;
      assert.equal(screener.element.state, 'ready');
      assert.deepEqual(events, []);
    });
  });

  describe('or means harm', () => {
    const evil = '<img src=x onerror="window.wasRun = true"><script>window.wasRun = true</script>';
    const text = `${evil} [link](javascript:window.wasRun=true) **b**`;

    it('markup in its texts is shown as text, and nothing of it runs', async () => {
      const [work, time] = structuredClone(screeningForm.pages);
      const harmful = {
        pages: [
          {
            ...work,
            title: text,
            description: text,
            elements: [
              { type: 'html', name: 'prose', html: text },
              {
                ...work?.elements[0],
                title: text,
                description: text,
                choices: [
                  { value: 'nurse', text },
                  { value: 'office', text: 'Office' },
                ],
              },
            ],
          },
          time,
        ],
      };
      const head = {
        title: text,
        languages: ['en'],
        contacts: [{ role: 'research', name: text, phone: text, email: 'a@b.example' }],
        resources: [{ title: text, phone: text, note: text }],
      };
      const criteria = [
        {
          id: 'x',
          kind: 'inclusion',
          wording: text,
          explanation: text,
          when: { question: 'role', equals: 'nurse' },
        },
      ];
      const endpoint = await TestEndpoint.open(sampleStudy({ form: harmful, criteria }, head));
      const screener = open({ endpoint: endpoint.address });
      await screener.until('its questions', () => screener.root.querySelector('form') !== null);
      const check = () => {
        assert.include(screener.text, '<img src=x onerror=');
        assert.isNull(
          screener.root.querySelector('img, script, iframe, [onerror], a[href^="javascript"], a[href^="data"]'),
        );
        assert.notProperty(window, 'wasRun');
      };
      check();
      screener.choose('Office');
      await screener.goOn();
      screener.fill(0, '30');
      await screener.goOn();
      await screener.untilState('sent');
      assert.equal(screener.heading, 'This study is not the right fit for you');
      check();
    });

    it('what an endpoint says of a refusal is shown as text', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy(), {
        submissions: {
          status: 422,
          type: 'application/problem+json',
          body: JSON.stringify({ title: evil, detail: evil }),
        },
      });
      const screener = open({ endpoint: endpoint.address });
      await screener.untilHeading('Your work');
      screener.choose('Office');
      screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '3');
      screener.press('Send my answers');
      await screener.untilText('<img src=x onerror=');
      assert.isNull(screener.root.querySelector('img, script'));
      assert.notProperty(window, 'wasRun');
    });
  });
});
