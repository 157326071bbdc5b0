/**
 * Every state and screen of the screener, by name, each with the way there: what is checked of all of them (accessibility,
 * layout, looks) is written once. In any language.
 */
import { everyQuestionStudy, sampleStudy } from './sample-study.ts';
import { type OpenScreener, ScreenerDriver } from './screener-driver.ts';
import { TestEndpoint } from './test-endpoint.ts';

/** How the element stands on the page: language, theme, parent. */
export type Setting = Pick<OpenScreener, 'attributes' | 'parent'>;

export type Scene = (setting?: Setting) => Promise<ScreenerDriver>;

const FALLBACK = 'Call (555) 555-0170.';
const [NURSE, OFFICE, REFUSE] = [0, 2, 3];
const problem = { title: 'Unprocessable', detail: 'The study has closed this form.' };

function place(endpoint: TestEndpoint, setting: Setting = {}): ScreenerDriver {
  return ScreenerDriver.open({ endpoint: endpoint.address, fallback: FALLBACK, ...setting });
}

async function open(endpoint: TestEndpoint, setting?: Setting): Promise<ScreenerDriver> {
  const screener = place(endpoint, setting);
  await screener.until('a heading', () => screener.heading !== '');
  return screener;
}

/** Answers both pages of the sample study and sends them. */
async function conclude(endpoint: TestEndpoint, role: number, setting?: Setting): Promise<ScreenerDriver> {
  const screener = await open(endpoint, setting);
  screener.pick(role);
  await screener.goOn();
  screener.fill(0, '36');
  await screener.goOn();
  return screener;
}

async function leaveContact(endpoint: TestEndpoint, setting?: Setting): Promise<ScreenerDriver> {
  const screener = await conclude(endpoint, NURSE, setting);
  screener.fill(0, 'Ana');
  screener.fill(1, 'ana@example.org');
  await screener.goOn();
  return screener;
}

/** `everyQuestion` on one of its pages, with an answer or two, or with problems on it. */
async function questions(page: number, how: 'fresh' | 'problems', setting?: Setting): Promise<ScreenerDriver> {
  const screener = await open(await TestEndpoint.open(everyQuestionStudy()), setting);
  const answers = [
    () => screener.pick(3),
    () => screener.fill(0, 'Ana'),
    async () => {
      screener.pick(7);
      for (const row of screener.all('.row')) {
        row.querySelectorAll('input')[1]?.click();
        await screener.element.updateComplete;
      }
    },
  ];
  for (const give of answers.slice(0, page)) {
    await give();
    if (give === answers[0]) await writeOther(screener);
    await screener.goOn();
  }
  if (how === 'problems') await screener.goOn();
  else await answers[page]?.();
  await screener.element.updateComplete;
  return screener;
}

async function writeOther(screener: ScreenerDriver): Promise<void> {
  await screener.until('a line for the other', () => screener.root.querySelector('.other') !== null);
  screener.fill(0, 'North');
}

export const scenes: Readonly<Record<string, Scene>> = {
  loading: async (setting) => {
    const screener = place(await TestEndpoint.open(undefined, { study: 'wait' }), setting);
    await screener.until('its loading line', () => screener.root.querySelector('.loading') !== null);
    return screener;
  },
  ready: async (setting) => open(await TestEndpoint.open(sampleStudy()), setting),
  'test mode': async (setting) => open(await TestEndpoint.open(sampleStudy({}, { mode: 'test' })), setting),
  chosen: async (setting) => {
    const screener = await open(await TestEndpoint.open(sampleStudy()), setting);
    screener.pick(NURSE);
    await screener.until('what is said of saving', () => screener.root.querySelector('.second .meta') !== null);
    return screener;
  },
  problems: async (setting) => {
    const screener = await open(await TestEndpoint.open(sampleStudy()), setting);
    await screener.goOn();
    return screener;
  },
  'choices, chosen': (setting) => questions(0, 'fresh', setting),
  'choices, with problems': (setting) => questions(0, 'problems', setting),
  'texts, filled': (setting) => questions(1, 'fresh', setting),
  'texts, with problems': (setting) => questions(1, 'problems', setting),
  'scales, chosen': (setting) => questions(2, 'fresh', setting),
  'scales, with problems': (setting) => questions(2, 'problems', setting),
  parts: (setting) => questions(3, 'fresh', setting),
  'parts, with problems': (setting) => questions(3, 'problems', setting),
  eligible: async (setting) => {
    const screener = await conclude(await TestEndpoint.open(sampleStudy()), NURSE, setting);
    await screener.until('sent', () => screener.root.querySelector('.sent') !== null);
    return screener;
  },
  'eligible by invitation': async (setting) =>
    conclude(await TestEndpoint.open(sampleStudy({ enrolment: 'invite' })), NURSE, setting),
  ineligible: async (setting) => {
    const screener = await conclude(await TestEndpoint.open(sampleStudy()), OFFICE, setting);
    await screener.untilState('sent');
    return screener;
  },
  incomplete: async (setting) => {
    const screener = await conclude(await TestEndpoint.open(sampleStudy()), REFUSE, setting);
    await screener.untilState('sent');
    return screener;
  },
  declined: async (setting) => {
    const screener = await conclude(await TestEndpoint.open(sampleStudy()), NURSE, setting);
    screener.get('.second button').click();
    await screener.until('no form', () => screener.root.querySelector('form') === null);
    return screener;
  },
  sending: async (setting) => leaveContact(await TestEndpoint.open(sampleStudy(), { submissions: 'wait' }), setting),
  sent: async (setting) => {
    const screener = await leaveContact(await TestEndpoint.open(sampleStudy()), setting);
    await screener.untilState('sent');
    return screener;
  },
  kept: async (setting) => {
    const screener = await conclude(await TestEndpoint.open(sampleStudy(), { submissions: 'down' }), OFFICE, setting);
    await screener.untilState('kept');
    return screener;
  },
  parked: async (setting) => {
    const refused = { status: 422, type: 'application/problem+json', body: JSON.stringify(problem) };
    const screener = await conclude(await TestEndpoint.open(sampleStudy(), { submissions: refused }), OFFICE, setting);
    await screener.until('the refusal', () => screener.root.querySelector('.notice.bad') !== null);
    return screener;
  },
  'left by an earlier visit': async (setting) => {
    const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down' });
    const earlier = await conclude(endpoint, OFFICE, setting);
    await earlier.untilState('kept');
    earlier.element.remove();
    const screener = await open(endpoint, setting);
    await screener.until('its notice', () => screener.root.querySelector('.notice.warn') !== null);
    return screener;
  },
  closed: async (setting) => open(await TestEndpoint.open(sampleStudy({}, { recruitment: 'closed' })), setting),
  failed: async (setting) => open(await TestEndpoint.open(), setting),
  'failed, with whom to ask': async (setting) => open(await TestEndpoint.open(sampleStudy({ criteria: [] })), setting),
  'draft of an older version': async (setting) => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const before = await open(endpoint, setting);
    before.pick(NURSE);
    before.element.remove();
    await endpoint.tell({ study: { body: JSON.stringify(sampleStudy({}, { version: '2.0.0' })) } });
    return open(endpoint, setting);
  },
};
