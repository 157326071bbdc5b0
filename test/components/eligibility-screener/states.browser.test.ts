import { assert } from '@open-wc/testing';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { type Stored, TestEndpoint } from '../../support/browser/test-endpoint.ts';

const problem = { type: 'about:blank', title: 'Unprocessable', detail: 'The study has closed this form.' };
const refused = { status: 422, type: 'application/problem+json', body: JSON.stringify(problem) };

/** What a person sees and does, from the first page to what became of the answers, at a real endpoint with a real disk. */
describe('the states of the eligibility screener', () => {
  afterEach(clearStage);

  async function open(screening: object = {}, head: object = {}) {
    const endpoint = await TestEndpoint.open(sampleStudy(screening, head));
    const screener = ScreenerDriver.open({ endpoint: endpoint.address });
    return { endpoint, screener };
  }

  async function answer(screener: ScreenerDriver, role: string, hours = '36') {
    await screener.untilHeading('Your work');
    screener.choose(role);
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', hours);
    screener.press('Send my answers');
  }

  async function leaveContact(screener: ScreenerDriver) {
    await screener.untilHeading('You may be able to take part');
    screener.type('What should we call you?', 'Ana');
    screener.type('Where can we write to you?', 'ana@example.org');
    screener.press('Send my contact details');
  }

  describe('before the questions', () => {
    it('says that it is loading, and shows what the page put between the tags meanwhile', async () => {
      const endpoint = await TestEndpoint.open(undefined, { study: 'wait' });
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, fallback: 'Call us.' });
      await screener.untilText('Loading the questions');
      assert.equal(screener.get('[role=status]').textContent, 'Loading the questions');
      assert.equal(screener.get<HTMLSlotElement>('slot').assignedNodes()[0]?.textContent, 'Call us.');
      assert.equal(screener.element.state, 'loading');
      await endpoint.tell({ study: { body: JSON.stringify(sampleStudy()) } });
      await screener.untilHeading('Your work');
      assert.equal(screener.element.state, 'ready');
      assert.isNull(screener.root.querySelector('slot'));
    });

    it('says that the study is closed and whom to ask, and asks nothing', async () => {
      const { screener, endpoint } = await open({}, { recruitment: 'closed' });
      await screener.untilHeading('This study is not taking new people right now');
      assert.equal(screener.element.state, 'closed');
      assert.include(screener.text, '(555) 555-0170');
      assert.isNull(screener.root.querySelector('form'));
      assert.deepEqual(await endpoint.seen(), []);
    });
  });

  describe('the verdict', () => {
    it('eligible: asks for contact details apart from the answers, and thanks', async () => {
      const { endpoint, screener } = await open();
      await answer(screener, 'Nurse');
      await leaveContact(screener);
      await screener.untilHeading('Thank you');
      assert.include(screener.text, 'We call within two days.');
      assert.equal(screener.element.state, 'sent');
      const [screening, contact] = (await endpoint.stored(2)) as [Stored, Stored];
      assert.equal(screening.kind, 'screening');
      assert.deepEqual(screening.answers, { role: 'nurse', hours: 36 });
      assert.equal(contact.kind, 'contact');
      assert.equal(contact.screening, screening.id);
      assert.deepEqual(contact.answers, { name: 'Ana', email: 'ana@example.org' });
    });

    it('eligible: “No, thank you” sends no contact, and says so', async () => {
      const { endpoint, screener } = await open();
      await answer(screener, 'Nurse');
      await screener.untilHeading('You may be able to take part');
      screener.type('What should we call you?', 'Ana');
      screener.press('No, thank you');
      await screener.untilHeading('Thank you for your interest');
      assert.include(screener.text, 'Your contact details were not sent.');
      await screener.untilState('sent');
      assert.deepEqual(
        (await endpoint.stored(1)).map(({ kind }) => kind),
        ['screening'],
      );
      assert.lengthOf(await endpoint.seen(), 1);
    });

    it('eligible by invitation: says who can tell more', async () => {
      const { screener } = await open({ enrolment: 'invite' });
      await answer(screener, 'Nurse');
      await screener.untilText('Taking part is by invitation');
    });

    it('not eligible: is kind, says what the study looks for and who can help, and shows no score and no answers', async () => {
      const { endpoint, screener } = await open();
      await answer(screener, 'Office', '8');
      await screener.untilHeading('This study is not the right fit for you');
      await screener.untilState('sent');
      assert.include(screener.text, 'This says nothing about how you are doing');
      assert.include(screener.text, 'This study is for people who care for patients.');
      assert.equal(screener.get('.prose strong').textContent, 'care for patients');
      assert.include(screener.text, 'This study needs 20 hours a week.');
      assert.include(screener.text, 'A line to call');
      assert.equal(screener.get<HTMLAnchorElement>('.resources a').href, 'tel:5550199');
      assert.notMatch(screener.text, /office|score|verdict|failed|ineligible|criteri/i);
      assert.deepEqual(
        (await endpoint.stored(1)).map(({ answers }) => answers),
        [{ role: 'office', hours: 8 }],
      );
      assert.isNull(screener.root.querySelector('form'), 'no contact is asked for');
    });

    it('only what was not met is explained', async () => {
      const { screener } = await open();
      await answer(screener, 'Physician', '8');
      await screener.untilText('This study needs 20 hours a week.');
      assert.notInclude(screener.text, 'care for patients');
    });

    it('cannot say yet: what was left open keeps nobody out, and the study team is named', async () => {
      const { endpoint, screener } = await open();
      await answer(screener, 'Prefer not to answer');
      await screener.untilHeading('We cannot say yet');
      assert.include(screener.text, 'The study team can tell you whether you can take part.');
      assert.include(screener.text, 'quiet-hours@example.org');
      await screener.untilState('sent');
      assert.deepEqual((await endpoint.stored(1))[0]?.answers, { role: 'refused', hours: 36 });
    });

    it('stops at the first page that excludes, where the study asks for that', async () => {
      const { endpoint, screener } = await open({ stopWhenIneligible: true });
      await screener.untilHeading('Your work');
      screener.choose('Office');
      screener.press('Next');
      await screener.untilHeading('This study is not the right fit for you');
      assert.deepEqual((await endpoint.stored(1))[0]?.answers, { role: 'office' });
    });

    it('asks on where the study does not ask to stop', async () => {
      const { screener } = await open();
      await screener.untilHeading('Your work');
      screener.choose('Office');
      screener.press('Next');
      await screener.untilHeading('Your time');
    });
  });

  describe('delivery', () => {
    it('sends under way: says so, and is thanked only when the study team has it', async () => {
      const { endpoint, screener } = await open();
      await answer(screener, 'Nurse');
      await screener.untilHeading('You may be able to take part');
      await screener.untilText('Your answers were sent');
      await endpoint.tell({ submissions: 'wait' });
      await leaveContact(screener);
      await screener.untilHeading('Almost there');
      assert.equal(screener.element.state, 'sending');
      assert.include(screener.text, 'Sending your answers');
      assert.notInclude(screener.text, 'has your contact details');
      await endpoint.tell({ submissions: 'receipt' });
      await screener.untilHeading('Thank you');
      assert.include(screener.text, 'The study team has your contact details');
    });

    it('network down: kept on this device, and sent by “Send again” when it is back, once', async () => {
      const { endpoint, screener } = await open();
      await screener.untilHeading('Your work');
      await endpoint.tell({ submissions: 'down' });
      await answer(screener, 'Office');
      await screener.untilState('kept');
      assert.include(screener.text, 'They are kept on this device and will be sent when the connection is back');
      assert.include(screener.text, 'may clear them if you do not come back within a week');
      assert.deepEqual(await endpoint.stored(), []);
      await endpoint.tell({ submissions: 'receipt' });
      screener.press('Send again');
      await screener.untilState('sent');
      assert.include(screener.text, 'Your answers were sent on');
      assert.notInclude(screener.text, 'kept on this device');
      assert.lengthOf(await endpoint.stored(1), 1);
    });

    it('network down: goes out by itself when the browser says that it is back', async () => {
      const { endpoint, screener } = await open();
      await screener.untilHeading('Your work');
      await endpoint.tell({ submissions: 'down' });
      await answer(screener, 'Office');
      await screener.untilState('kept');
      await endpoint.tell({ submissions: 'receipt' });
      window.dispatchEvent(new Event('online'));
      await screener.untilState('sent');
    });

    it('network down while contact details go out: nothing is called received', async () => {
      const { endpoint, screener } = await open();
      await answer(screener, 'Nurse');
      await screener.untilText('Your answers were sent');
      await endpoint.tell({ submissions: 'down' });
      await leaveContact(screener);
      await screener.untilState('kept');
      assert.equal(screener.heading, 'Almost there');
      assert.include(screener.text, 'have not reached the study team yet');
      assert.notInclude(screener.text, 'We call within');
      await endpoint.tell({ submissions: 'receipt' });
      screener.press('Send again');
      await screener.untilHeading('Thank you');
      assert.lengthOf(await endpoint.stored(2), 2);
    });

    for (const [what, submissions] of [
      ['a web page with 200', { type: 'text/html', body: '<!doctype html><title>Guest network</title>' }],
      ['nothing with 200', { body: '' }],
      [
        'a receipt of something else',
        { status: 201, body: JSON.stringify({ id: crypto.randomUUID(), digest: '0'.repeat(64) }) },
      ],
      ['a redirect', { status: 302, headers: { Location: '/sign-in' } }],
      ['503', { status: 503 }],
    ] as const) {
      it(`answered by ${what}: kept, never called sent`, async () => {
        const { endpoint, screener } = await open();
        await screener.untilHeading('Your work');
        await endpoint.tell({ submissions });
        await answer(screener, 'Office');
        await screener.untilState('kept');
        assert.notInclude(screener.text, 'Your answers were sent');
        await endpoint.tell({ submissions: 'receipt' });
        screener.press('Send again');
        await screener.untilState('sent');
        assert.lengthOf(await endpoint.stored(1), 1);
      });
    }

    it('refused: says what was answered, keeps it, and offers to send it again', async () => {
      const { endpoint, screener } = await open();
      await screener.untilHeading('Your work');
      await endpoint.tell({ submissions: refused });
      await answer(screener, 'Office');
      await screener.untilText('Your answers could not be accepted.');
      assert.equal(screener.element.state, 'kept');
      assert.include(screener.text, 'The answer was: The study has closed this form.');
      await endpoint.tell({ submissions: 'receipt' });
      screener.press('Send again');
      await screener.untilState('sent');
      assert.notInclude(screener.text, 'could not be accepted');
    });

    it('refused: “Download a copy” hands over the very bytes, and the page stays as it is', async () => {
      const { endpoint, screener } = await open();
      await screener.untilHeading('Your work');
      await endpoint.tell({ submissions: refused });
      await answer(screener, 'Office');
      await screener.untilText('Your answers could not be accepted.');
      const download = new Promise<HTMLAnchorElement>((resolve) => {
        const take = (event: Event) => {
          const [link] = event.composedPath();
          if (!(link instanceof HTMLAnchorElement) || link.download === '') return;
          event.preventDefault();
          window.removeEventListener('click', take);
          resolve(link);
        };
        window.addEventListener('click', take);
      });
      screener.press('Download a copy');
      const { download: name, href } = await download;
      const [sent] = await endpoint.seen(1);
      assert.equal(name, `quiet-hours-screening-${sent?.id}.json`);
      assert.equal(await (await fetch(href)).text(), sent?.body);
      assert.isNull(screener.root.querySelector('a[download]'));
    });

    it('401 holds it: kept, not lost, and nobody is asked to sign in to an anonymous form', async () => {
      const { endpoint, screener } = await open();
      await screener.untilHeading('Your work');
      await endpoint.tell({ submissions: { status: 401 } });
      await answer(screener, 'Office');
      await screener.untilState('kept');
      assert.notInclude(screener.text, 'signed in');
      await endpoint.tell({ submissions: 'receipt' });
      screener.press('Send again');
      await screener.untilState('sent');
    });

    it('without a disk: the person is told to stay until it is sent', async () => {
      const { open: openDatabase } = IDBFactory.prototype;
      IDBFactory.prototype.open = () => {
        throw new DOMException('Refused.', 'SecurityError');
      };
      try {
        const { endpoint, screener } = await open();
        await screener.untilHeading('Your work');
        await endpoint.tell({ submissions: 'down' });
        await answer(screener, 'Office');
        await screener.untilState('kept');
        assert.include(screener.text, 'this device cannot keep them. Please leave this page open until they are sent.');
        assert.notInclude(screener.text, 'kept on this device');
        await endpoint.tell({ submissions: refused });
        screener.press('Send again');
        await screener.untilText('could not be accepted, and this device cannot keep them.');
        assert.notInclude(screener.text, 'nothing is lost');
        await endpoint.tell({ submissions: 'receipt' });
        screener.press('Send again');
        await screener.untilState('sent');
      } finally {
        IDBFactory.prototype.open = openDatabase;
      }
    });

    it('receipt="none": an endpoint that only answers 204 is enough', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: { status: 204 } });
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, attributes: { receipt: 'none' } });
      await answer(screener, 'Office');
      await screener.untilState('sent');
      assert.lengthOf(await endpoint.seen(1), 1);
    });

    it('what an earlier visit left goes out, is spoken of until then, and says whether it was refused', async () => {
      const { endpoint, screener } = await open();
      await screener.untilHeading('Your work');
      await endpoint.tell({ submissions: refused });
      await answer(screener, 'Office');
      await screener.untilText('could not be accepted');
      screener.element.remove();
      const later = ScreenerDriver.open({ endpoint: endpoint.address });
      await later.untilText('Your answers could not be accepted.');
      assert.equal(later.heading, 'Your work');
      assert.equal(later.element.state, 'ready');
      await endpoint.tell({ submissions: 'receipt' });
      later.press('Send again');
      await later.untilGone('could not be accepted');
      assert.lengthOf(await endpoint.stored(1), 1);
    });
  });

  describe('what is sent', () => {
    it('carries study, version, language, mode, source and times; no name', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const screener = ScreenerDriver.open({
        endpoint: endpoint.address,
        attributes: { mode: 'test', source: 'flyer 7', lang: 'es-MX' },
      });
      await screener.untilHeading('Su trabajo');
      screener.pick(2);
      await screener.goOn();
      screener.fill(0, '10');
      await screener.goOn();
      const [sent] = await endpoint.stored(1);
      const { id, startedAt, submittedAt, timeZone, kit, ...rest } = sent as Stored & Record<string, string>;
      assert.deepEqual(rest, {
        kind: 'screening',
        study: 'quiet-hours',
        studyVersion: '1.0.0',
        mode: 'test',
        locale: 'es',
        source: 'flyer 7',
        answers: { role: 'office', hours: 10 },
      } as unknown as typeof rest);
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.isAtMost(Date.parse(startedAt ?? ''), Date.parse(submittedAt ?? ''));
      assert.equal(timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone);
      assert.match(kit ?? '', /^steady-kit/);
    });

    it('test mode is said on every page, and the study’s own word wins over the attribute', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy({}, { mode: 'test' }));
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, attributes: { mode: 'live' } });
      await screener.untilText('This is a test. Nothing you enter counts in the study.');
      await answer(screener, 'Office');
      await screener.untilState('sent');
      assert.include(screener.text, 'This is a test.');
      assert.equal((await endpoint.stored(1))[0]?.mode, 'test');
    });

    it('pressed in a hurry, again and again: one screening, one contact', async () => {
      const { endpoint, screener } = await open();
      await screener.untilHeading('Your work');
      screener.choose('Nurse');
      for (let times = 0; times < 3; times++) screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '36');
      for (let times = 0; times < 3; times++) screener.press('Send my answers');
      await leaveContact(screener);
      await screener.untilState('sent');
      assert.deepEqual(
        (await endpoint.seen(2)).map(({ stored }) => stored),
        [true, true],
      );
    });
  });
});
