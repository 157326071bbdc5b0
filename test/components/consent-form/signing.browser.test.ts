import { assert } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { readRecord } from '../../../src/consent/record.ts';
import { ConsentDriver } from '../../support/browser/consent-driver.ts';
import { clean, clearStage } from '../../support/browser/element-driver.ts';
import { type Opening, RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage, storageDump } from '../../support/browser/storage-dump.ts';

async function atDecision(opening: Opening = {}) {
  const receiver = await RealReceiver.open(opening);
  const participant = await receiver.signIn();
  const form = ConsentDriver.open({ endpoint: receiver.address });
  await form.untilHeading('The key-information');
  await form.untilText('You are signed in.');
  await form.readAll();
  return { receiver, participant, form };
}

const again = async (receiver: RealReceiver): Promise<ConsentDriver> => {
  const form = ConsentDriver.open({ endpoint: receiver.address });
  await form.until('a heading', () => form.heading !== '');
  await form.untilText('You are signed in.');
  return form;
};

/** What a link that is clicked would save, as it is handed to the browser. */
async function saved(work: () => void): Promise<File> {
  const { createObjectURL } = URL;
  try {
    return await new Promise<File>((resolve) => {
      URL.createObjectURL = (file) => {
        resolve(file as File);
        return 'data:,';
      };
      work();
    });
  } finally {
    URL.createObjectURL = createObjectURL;
  }
}

describe('a signature', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  it('P1, C14: has printed name, meaning, date and time beside it; a copy is offered at once, and again later', async () => {
    const { form, receiver, participant } = await atDecision();
    form.press('I agree to take part');
    await form.untilHeading('Sign the document');
    assert.include(form.get('blockquote').textContent ?? '', 'I agree to take part.');
    assert.include(form.text, new Date().getFullYear().toString());
    await form.fillIn('Ana Pérez');
    form.press('Sign and send');
    await form.untilHeading('You have signed');
    await form.untilText('The study received it on March 9, 2026');
    assert.equal(form.element.state, 'sent');
    assert.isTrue(
      form.focused === form.get('h2'),
      'the screen has changed by itself, and its new heading has the focus',
    );
    const [decision, ...more] = await receiver.decisions(participant);
    assert.isEmpty(more);
    assert.equal(decision?.outcome, 'signed');

    const pdf = await saved(() => form.press('Download as PDF'));
    assert.equal(pdf.type, 'application/pdf');
    assert.match(new TextDecoder('latin1').decode((await pdf.arrayBuffer()).slice(0, 8)), /^%PDF-1\./);
    const kept = await saved(() => form.press('Download the record'));
    const record = readRecord(await kept.text());
    assert.equal(record?.statement.signature.name, 'Ana Pérez');

    form.press('Show it here');
    await form.untilHeading('Signed copy');
    const copy = clean(form.get('.copy').textContent);
    for (const part of [
      'About procedures.',
      'Ana Pérez',
      'I agree to take part.',
      'Received by the study',
      'March 9, 2026',
    ])
      assert.include(copy, part);
    assert.include(copy, record?.statementDigest ?? 'no digest');

    form.element.remove();
    const later = await again(receiver);
    await later.untilHeading('You have signed');
    assert.include(later.text, 'Version 1.0, signed on March 9, 2026');
    const once = await saved(() => later.press('Download as PDF'));
    assert.equal(once.type, 'application/pdf');
  });

  it('C14: drawn counts as typed does, is kept as strokes, and is there again when the page changes its width', async () => {
    const { form, receiver, participant } = await atDecision();
    form.press('I agree to take part');
    await form.untilHeading('Sign the document');
    await form.fillIn();
    form.get<HTMLInputElement>('#sign-mark-drawn').click();
    await form.until('a pad', () => (form.root.querySelector('canvas')?.width ?? 0) > 300);
    const pad = form.get<HTMLCanvasElement>('canvas');
    pad.scrollIntoView({ block: 'center' });
    const { left, top } = pad.getBoundingClientRect();
    const move = (x: number, y: number) =>
      sendMouse({ type: 'move', position: [Math.round(left + x), Math.round(top + y)] });
    await move(20, 40);
    await sendMouse({ type: 'down' });
    for (const [x, y] of [
      [50, 80],
      [90, 30],
      [130, 90],
      [160, 60],
    ] as const)
      await move(x, y);
    await sendMouse({ type: 'up' });
    await form.until('what was drawn', () => pad.getAttribute('aria-label') === 'Your drawn signature');
    const inked = (): boolean =>
      pad
        .getContext('2d')
        ?.getImageData(0, 0, pad.width, pad.height)
        .data.some((value) => value > 0) ?? false;
    assert.isTrue(inked());
    form.element.style.width = '300px';
    await form.until('a narrower pad', () => pad.clientWidth < 290);
    while (!inked()) await new Promise(requestAnimationFrame);
    form.press('Sign and send');
    await form.untilHeading('You have signed');
    const [decision] = await receiver.decisions(participant);
    assert.equal(decision?.outcome, 'signed');
    const kept = readRecord(await (await saved(() => form.press('Download the record'))).text());
    const mark = kept?.statement.signature.mark;
    assert.ok(mark?.method === 'drawn' && mark.strokes.length === 1);
    form.press('Show it here');
    await form.untilHeading('Signed copy');
    assert.isAbove(form.get<SVGPathElement & HTMLElement>('svg.mark path').getBoundingClientRect().width, 20);
  });

  it('names what its block lacks, with the focus on it, and each problem leaves once it is mended', async () => {
    const { form } = await atDecision();
    form.press('I agree to take part');
    await form.untilHeading('Sign the document');
    form.press('Sign and send');
    await form.untilText('4 answers are missing');
    await form.until('focus on the summary', () => form.focused?.classList.contains('summary') === true);
    assert.sameMembers(
      form.all('.summary a').map((link) => link.textContent ?? ''),
      ['Your full name', 'Your signature', 'Your signature under the authorization', 'The list of your rights'],
    );
    form.write('sign-name', 'Ana');
    await form.untilText('3 answers are missing');
    assert.equal(form.get('#sign-name').getAttribute('aria-invalid'), null);
    form.all<HTMLAnchorElement>('.summary a')[0]?.click();
    assert.equal(form.focused?.id, 'sign-mark');
    await form.fillIn('   ');
    form.press('Sign and send');
    await form.untilText('3 answers are missing');
  });

  it('E1: no draft holds a name or a signature, and whoever comes back signs anew', async () => {
    const { form, receiver } = await atDecision();
    form.press('I agree to take part');
    await form.untilHeading('Sign the document');
    await form.fillIn('Xylophona Quartz');
    form.press('Back');
    await form.untilHeading('Your decision');
    await form.until('saved', () => form.text.includes('Saved'));
    assert.notInclude(await storageDump(), 'Xylophona');
    form.element.remove();
    const later = await again(receiver);
    await later.untilHeading('Your decision');
    later.press('I agree to take part');
    await later.untilHeading('Sign the document');
    assert.equal(later.get<HTMLInputElement>('#sign-name').value, '');
  });

  it('is none before the receipt: the page says so while it waits, and after it is opened again', async () => {
    const { form, receiver, participant } = await atDecision();
    await receiver.trouble(503);
    await form.sign();
    await form.untilHeading('Not signed yet');
    await form.untilText('It is kept on this device');
    assert.equal(form.element.state, 'kept');
    assert.isEmpty(await receiver.decisions(participant));
    form.element.remove();
    const later = await again(receiver);
    await later.untilText('It has not arrived yet.');
    assert.notInclude(later.text, 'You have signed');
    await receiver.trouble(null);
    later.press('Send again');
    await later.untilHeading('Your decision has arrived');
    assert.equal((await receiver.decisions(participant))[0]?.outcome, 'signed');
  });

  it('P6: is sent under the participant’s own token, and no key of it is left on the disk', async () => {
    const { form, receiver } = await atDecision();
    await receiver.trouble(503);
    await form.sign();
    await form.untilText('It is kept on this device');
    const outbox = (await storageDump()).split('\n').find((line) => line.includes('"kind":"consent"')) ?? '';
    assert.include(outbox, 'calm-ward');
    assert.notInclude(outbox, 'writeKey');
  });

  it('P7: asks the page to show who signs, and hands the proof on with this very document and signature', async () => {
    const { form } = await atDecision();
    const asked: { study: string; nonce: string }[] = [];
    form.element.reauthenticate = async (request) => {
      asked.push(request);
      throw new Error('The person closed the window.');
    };
    await form.sign();
    await form.untilText('It could not be confirmed who signs. Nothing is signed.');
    assert.equal(form.get<HTMLInputElement>('#sign-name').value, 'Ana Pérez', 'nothing typed is lost');
    form.element.reauthenticate = async (request) => {
      asked.push(request);
      return 'not.a.jwt';
    };
    form.press('Sign and send');
    await form.untilHeading('You have signed');
    const [first, second] = asked;
    assert.equal(first?.study, 'calm-ward');
    assert.match(second?.nonce ?? '', /^[0-9a-f-]{36}\.[0-9a-f]{64}$/);
    assert.notEqual(first?.nonce, second?.nonce);
    assert.equal(first?.nonce.slice(-64), second?.nonce.slice(-64));
  });
});

describe('another decision', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  it('C3: no is recorded, kindly taken, and can be thought over', async () => {
    const { form, receiver, participant } = await atDecision();
    form.press('I do not want to take part');
    await form.untilHeading('You do not want to take part');
    form.press('Send my decision');
    await form.untilHeading('You have decided not to take part');
    await form.untilText('The study received it');
    const [decision] = await receiver.decisions(participant);
    assert.equal(decision?.outcome, 'declined');
    assert.include(form.text, 'A lifeline');
    form.element.remove();
    const later = await again(receiver);
    await later.untilHeading('You have decided not to take part');
    later.press('Read the document');
    await later.untilHeading('The key-information');
    await later.readAll();
    await later.sign();
    await later.untilHeading('You have signed');
  });

  it('E2: paper is an outcome, with whom to ask', async () => {
    const { form, receiver, participant } = await atDecision();
    form.press('I prefer paper');
    await form.untilHeading('On paper');
    assert.include(form.text, '(213) 555-0100');
    while ((await receiver.decisions(participant)).length === 0) await new Promise(requestAnimationFrame);
    assert.equal((await receiver.decisions(participant))[0]?.outcome, 'paper');
  });

  it('C3: later is one too; everything is there when they come back', async () => {
    const { form, receiver } = await atDecision();
    form.press('Decide later');
    await form.untilHeading('Take your time');
    form.press('Go on reading');
    await form.untilHeading('Your decision');
    form.element.remove();
    const later = await again(receiver);
    await later.untilHeading('Your decision');
    await later.sign();
    await later.untilHeading('You have signed');
  });

  it('C11, H4: leaving can be found from what was signed, from sessions, the study or the authorization alone', async () => {
    const { form, receiver, participant } = await atDecision();
    await form.sign();
    await form.untilHeading('You have signed');
    form.press('Stop taking part');
    await form.untilHeading('Stop taking part');
    assert.equal(form.button('Send my decision').getAttribute('aria-disabled'), 'true');
    form.choose('The use of my health information only');
    await form.element.updateComplete;
    form.press('Send my decision');
    await form.untilHeading('Your decision has arrived');
    await form.untilText('The study received it');
    form.element.remove();
    const later = await again(receiver);
    await later.untilHeading('You have signed');
    await later.untilText('You have ended the use of your health information.');
    later.press('Stop taking part');
    await later.untilHeading('Stop taking part');
    assert.notInclude(later.text, 'The use of my health information only');
    later.choose('Everything');
    await later.untilText('Please also delete');
    later.choose('Please also delete what has been collected about me, as far as the study may');
    later.press('Send my decision');
    await later.untilHeading('You have left the study');
    const decided = await receiver.decisions(participant);
    assert.deepEqual(
      decided.map(({ outcome, scope }) => [outcome, scope]),
      [
        ['signed', null],
        ['withdrawn', 'authorization'],
        ['withdrawn', 'study'],
      ],
    );
  });
});
