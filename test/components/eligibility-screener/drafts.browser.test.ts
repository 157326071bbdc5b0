import { assert } from '@open-wc/testing';
import type { SteadyErrorEvent } from '../../../components/index.ts';
import type { SandboxReport } from '../../support/browser/host/sandboxed.ts';
import { HostFrame } from '../../support/browser/host-frame.ts';
import { sampleStudy, screeningForm } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

const kept = () => Object.keys(sessionStorage).filter((key) => key.startsWith('steady'));

/** Everything of ours in this tab, as text: where an answer must not be any more, its letters must not be either. */
const everything = () =>
  kept()
    .map((key) => sessionStorage.getItem(key) ?? '')
    .join('\n');

describe('drafts in the tab', () => {
  let codes: string[] = [];
  const listen = ({ code }: SteadyErrorEvent) => codes.push(code);

  beforeEach(() => {
    codes = [];
    window.addEventListener('steady-error', listen);
  });
  afterEach(async () => {
    window.removeEventListener('steady-error', listen);
    await clearStage();
  });

  const open = (endpoint: TestEndpoint, attributes = {}) =>
    ScreenerDriver.open({ endpoint: endpoint.address, attributes });

  async function toSecondPage(screener: ScreenerDriver, role = 'Nurse') {
    await screener.untilHeading('Your work');
    screener.choose(role);
    screener.press('Next');
    await screener.untilHeading('Your time');
  }

  async function toEnd(screener: ScreenerDriver, role = 'Nurse') {
    await toSecondPage(screener, role);
    screener.type('How many hours a week?', '36');
    screener.press('Send my answers');
  }

  describe('after a reload', () => {
    it('goes on at the page, with the answers, as they were typed', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const before = open(endpoint);
      await toSecondPage(before);
      before.type('How many hours a week?', '3o');
      before.element.remove();
      const after = open(endpoint);
      await after.untilHeading('Your time');
      assert.equal(after.field('How many hours a week?').value, '3o');
      after.press('Back');
      await after.untilHeading('Your work');
      assert.isTrue(after.choice('Nurse').checked);
      assert.deepEqual(codes, []);
    });

    it('of the page itself, too', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const host = await HostFrame.open('page.html');
      const visit = () => {
        const parent = host.document.querySelector('#stage');
        return ScreenerDriver.open({ endpoint: endpoint.address, ...(parent && { parent }) });
      };
      const before = visit();
      await toSecondPage(before);
      before.type('How many hours a week?', '36');
      await host.reload();
      const after = visit();
      await after.untilHeading('Your time');
      assert.equal(after.field('How many hours a week?').value, '36');
    });

    it('goes on with the contact details; the screening is not posted again, nor its answers kept', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const before = open(endpoint);
      await toEnd(before);
      await before.untilHeading('You may be able to take part');
      before.type('What should we call you?', 'Ana');
      await before.untilText('Your answers were sent');
      assert.notInclude(everything(), 'nurse');
      before.element.remove();
      const after = open(endpoint);
      await after.untilHeading('You may be able to take part');
      assert.equal(after.field('What should we call you?').value, 'Ana');
      after.type('Where can we write to you?', 'ana@example.org');
      after.press('Send my contact details');
      await after.untilState('sent');
      const [screening, contact] = await endpoint.stored(2);
      assert.equal(contact?.screening, screening?.id);
      assert.lengthOf(await endpoint.seen(), 2);
      assert.deepEqual(kept(), []);
    });

    it('two elements with ids keep apart what is theirs', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      for (const [id, role] of [
        ['a', 'Nurse'],
        ['b', 'Office'],
      ] as const) {
        const screener = open(endpoint, { id });
        await screener.untilHeading('Your work');
        screener.choose(role);
        screener.element.remove();
      }
      const again = open(endpoint, { id: 'a' });
      await again.untilHeading('Your work');
      assert.isTrue(again.choice('Nurse').checked);
    });

    it('another endpoint knows nothing of it', async () => {
      const before = open(await TestEndpoint.open(sampleStudy()));
      await toSecondPage(before);
      before.element.remove();
      const after = open(await TestEndpoint.open(sampleStudy()));
      await after.untilHeading('Your work');
      assert.isFalse(after.choice('Nurse').checked);
    });
  });

  describe('nothing is left of a draft', () => {
    it('once the submission is on disk, delivered or not', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down' });
      const screener = open(endpoint);
      await toEnd(screener, 'Office');
      await screener.untilState('kept');
      assert.deepEqual(kept(), []);
    });

    it('once somebody has said “No, thank you”', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const screener = open(endpoint);
      await toEnd(screener);
      await screener.untilHeading('You may be able to take part');
      screener.type('What should we call you?', 'Ana');
      assert.include(everything(), 'Ana');
      screener.press('No, thank you');
      await screener.untilHeading('Thank you for your interest');
      assert.deepEqual(kept(), []);
    });
  });

  describe('of another version of the study', () => {
    const newForm = {
      pages: [
        {
          ...screeningForm.pages[0],
          elements: [...(screeningForm.pages[0]?.elements ?? []), { type: 'text', name: 'team', title: 'Which team?' }],
        },
        { name: 'later', title: 'Something new', elements: [{ type: 'boolean', name: 'days', title: 'Days?' }] },
      ],
    };

    it('keeps the answers that fit, begins at the first page, says so until one goes on, and tells the developer', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const before = open(endpoint);
      await toSecondPage(before);
      before.type('How many hours a week?', '36');
      before.element.remove();
      await endpoint.tell({ study: { body: JSON.stringify(sampleStudy({ form: newForm }, { version: '1.1.0' })) } });
      const after = open(endpoint);
      await after.untilText('The study has changed its questions since you started.');
      assert.equal(after.heading, 'Your work');
      assert.isTrue(after.choice('Nurse').checked);
      assert.equal(after.get('.notice').getAttribute('role'), 'status');
      assert.deepEqual(codes, ['draft-older']);
      after.press('Next');
      await after.untilHeading('Something new');
      assert.notInclude(after.text, 'changed its questions');
    });

    it('sets aside what fits no question any more, and wipes that, too, at the end', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const before = open(endpoint);
      await toSecondPage(before);
      before.type('How many hours a week?', '36');
      before.element.remove();
      await endpoint.tell({ study: { body: JSON.stringify(sampleStudy({ form: newForm }, { version: '1.1.0' })) } });
      const after = open(endpoint);
      await after.untilText('changed its questions');
      const aside = kept().find((key) => key.endsWith(':set-aside'));
      assert.include(sessionStorage.getItem(aside ?? '') ?? '', '"36"');
      after.press('Next');
      await after.untilHeading('Something new');
      after.press('Send my answers');
      await after.until('the end', () => after.root.querySelector('form') === null);
      assert.deepEqual((await endpoint.stored(1))[0]?.answers, { role: 'nurse' });
      assert.deepEqual(kept(), []);
    });

    it('an answer that is no longer offered is shown as such when one goes on, not lost in silence', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const before = open(endpoint);
      await before.untilHeading('Your work');
      before.choose('Nurse');
      before.element.remove();
      const [page] = structuredClone(screeningForm.pages);
      const fewer = { pages: [{ ...page, elements: [{ ...page?.elements[0], choices: ['physician', 'office'] }] }] };
      await endpoint.tell({ study: { body: JSON.stringify(sampleStudy({ form: fewer }, { version: '2.0.0' })) } });
      const after = open(endpoint);
      await after.untilText('changed its questions');
      after.press('Send my answers');
      await after.untilText('This is not one of the answers offered.');
    });
  });

  describe('damaged', () => {
    for (const [what, text] of [
      ['not JSON', '{"answers": {"role": "nur'],
      ['JSON of something else', '{"cart": [1, 2, 3]}'],
      [
        'a draft with an impossible answer',
        '{"study":"quiet-hours","studyVersion":"1.0.0","step":"screening","answers":[1]}',
      ],
    ] as const) {
      it(`${what}: set aside, said, and one can begin`, async () => {
        const endpoint = await TestEndpoint.open(sampleStudy());
        const first = open(endpoint);
        await first.untilHeading('Your work');
        first.choose('Nurse');
        first.element.remove();
        const [key = ''] = kept();
        sessionStorage.setItem(key, text);
        const again = open(endpoint);
        await again.untilText('What was saved in this tab could not be read.');
        assert.deepEqual(codes, ['draft-damaged']);
        assert.equal(sessionStorage.getItem(`${key}:set-aside`), text);
        assert.isFalse(again.choice('Nurse').checked);
        await toEnd(again, 'Office');
        await again.untilState('sent');
        assert.deepEqual(kept(), []);
      });
    }

    it('answers of a shape that the question never gives are asked again, not sent', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const first = open(endpoint);
      await toSecondPage(first);
      first.element.remove();
      const [key = ''] = kept();
      const draft = JSON.parse(sessionStorage.getItem(key) ?? '{}');
      sessionStorage.setItem(
        key,
        JSON.stringify({ ...draft, answers: { role: ['nurse'], hours: { a: 1 }, nights: 7 } }),
      );
      const again = open(endpoint);
      await again.untilHeading('Your time');
      again.press('Send my answers');
      await again.until('problems', () => again.root.querySelector('.summary') !== null);
      assert.deepEqual(await endpoint.seen(), []);
      again.type('How many hours a week?', '30');
      again.choose('No', 'Do you work nights?');
      again.press('Send my answers');
      await again.untilHeading('Your work');
      again.choose('Nurse');
      again.press('Next');
      await again.untilHeading('Your time');
      again.press('Send my answers');
      await again.untilHeading('You may be able to take part');
      assert.deepEqual((await endpoint.stored(1))[0]?.answers, { role: 'nurse', hours: 30, nights: false });
    });
  });

  describe('where the tab keeps nothing', () => {
    const own = Object.getOwnPropertyDescriptor(window, 'sessionStorage');
    afterEach(() => {
      if (own) Object.defineProperty(window, 'sessionStorage', own);
      else Reflect.deleteProperty(window, 'sessionStorage');
    });

    it('sessionStorage refused: works to the end, and says that nothing is saved', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      Object.defineProperty(window, 'sessionStorage', {
        configurable: true,
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
      const screener = open(endpoint);
      await screener.untilHeading('Your work');
      screener.choose('Office');
      await screener.untilText('Not saved on this device');
      assert.notInclude(screener.text, 'Saved in this tab');
      screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '36');
      screener.press('Send my answers');
      await screener.untilState('sent');
      assert.deepEqual(codes, []);
    });

    it('sessionStorage full: says so as long as it is true', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const { setItem } = Storage.prototype;
      let full = true;
      Storage.prototype.setItem = function (key, value) {
        if (full) throw new DOMException('Full.', 'QuotaExceededError');
        setItem.call(this, key, value);
      };
      try {
        const screener = open(endpoint);
        await screener.untilHeading('Your work');
        screener.choose('Office');
        await screener.untilText('Not saved on this device');
        full = false;
        screener.choose('Nurse');
        await screener.untilText('Saved in this tab');
      } finally {
        Storage.prototype.setItem = setItem;
      }
    });

    it('a sandboxed frame without an origin: no storage of any kind, and the answers arrive all the same', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down' });
      const messages: unknown[] = [];
      const arrived = (count: number) =>
        new Promise<void>((resolve) => {
          const take = ({ data }: MessageEvent) => {
            messages.push(data);
            if (messages.length < count) return;
            window.removeEventListener('message', take);
            resolve();
          };
          window.addEventListener('message', take);
        });
      const first = arrived(1);
      const query = new URLSearchParams({ endpoint: endpoint.address });
      const host = await HostFrame.open(`sandboxed.html?${query}`, { sandbox: 'allow-scripts allow-forms' });
      await first;
      assert.deepEqual(messages, ['kept']);
      await endpoint.tell({ submissions: 'receipt' });
      const second = arrived(2);
      host.window.postMessage('again', '*');
      await second;
      const report = messages[1] as SandboxReport;
      assert.include(report.saved, 'Not saved on this device');
      assert.include(report.kept, 'this device cannot keep them. Please leave this page open');
      assert.include(report.end, 'Your answers were sent');
      assert.lengthOf(await endpoint.stored(1), 1);
    });
  });

  describe('a crash', () => {
    /** A page that is taken away at the very moment when something is written to the tab's storage. */
    async function crashAt(endpoint: TestEndpoint, moment: (written: string) => boolean) {
      const host = await HostFrame.open('page.html');
      const parent = host.document.querySelector('#stage');
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, ...(parent && { parent }) });
      const { prototype } = (host.window as Window & typeof globalThis).Storage;
      const { setItem } = prototype;
      const crashed = new Promise<void>((resolve) => {
        prototype.setItem = function (key, value) {
          setItem.call(this, key, value);
          if (!moment(value)) return;
          host.crash();
          resolve();
        };
      });
      await toSecondPage(screener, 'Office');
      screener.type('How many hours a week?', '36');
      screener.press('Send my answers');
      await crashed;
    }

    it('between writing the draft and posting: the next page posts it under the same id, once', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      await crashAt(endpoint, (written) => written.includes('"pending"'));
      const [key = ''] = kept();
      const { pending } = JSON.parse(sessionStorage.getItem(key) ?? '{}');
      assert.deepEqual(await endpoint.seen(), []);
      const after = open(endpoint);
      await after.untilHeading('This study is not the right fit for you');
      await after.untilState('sent');
      const stored = await endpoint.stored(1);
      assert.deepEqual(
        stored.map(({ id }) => id),
        [pending[0].id],
      );
      assert.deepEqual(kept(), []);
    });

    it('and nobody can answer again while it is being posted', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      await crashAt(endpoint, (written) => written.includes('"pending"'));
      const after = open(endpoint);
      await after.until('the form or the end', () => after.heading !== '');
      after.root.querySelector<HTMLButtonElement>('button.primary')?.click();
      await after.untilState('sent');
      assert.lengthOf(await endpoint.seen(), 1);
    });

    it('it is posted even if the study has closed meanwhile', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      await crashAt(endpoint, (written) => written.includes('"pending"'));
      await endpoint.tell({ study: { body: JSON.stringify(sampleStudy({}, { recruitment: 'closed' })) } });
      const after = open(endpoint);
      await after.untilState('closed');
      assert.lengthOf(await endpoint.stored(1), 1);
      await after.element.updateComplete;
      assert.deepEqual(kept(), []);
    });

    it('while it is under way: the next page sends what the disk has, once', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'wait' });
      const host = await HostFrame.open('page.html');
      const parent = host.document.querySelector('#stage');
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, ...(parent && { parent }) });
      await toEnd(screener, 'Office');
      const [first] = await endpoint.seen(1);
      host.crash();
      assert.deepEqual(kept(), []);
      await endpoint.tell({ submissions: 'receipt' });
      const after = open(endpoint);
      await after.untilHeading('Your work');
      const stored = await endpoint.stored(1);
      assert.deepEqual(
        stored.map(({ id }) => id),
        [first?.id],
      );
    });

    it('of a page without a disk: what only its memory had is in the draft, and is posted again under its id', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down' });
      const host = await HostFrame.open('page.html');
      const realm = host.window as Window & typeof globalThis;
      realm.IDBFactory.prototype.open = () => {
        throw new DOMException('Refused.', 'SecurityError');
      };
      const parent = host.document.querySelector('#stage');
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, ...(parent && { parent }) });
      await toEnd(screener, 'Office');
      await screener.untilState('kept');
      const [tried] = await endpoint.seen(1);
      assert.include(everything(), tried?.id ?? 'none');
      host.crash();
      await endpoint.tell({ submissions: 'receipt' });
      const after = open(endpoint);
      await after.untilState('sent');
      assert.deepEqual(
        (await endpoint.stored(1)).map(({ id }) => id),
        [tried?.id],
      );
      assert.deepEqual(kept(), []);
    });
  });
});
