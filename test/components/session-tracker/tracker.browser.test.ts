import { assert } from '@open-wc/testing';
import { assessment, session, sessions } from '../../suites/support/tracker-plan.ts';
import { clearStage } from '../../support/browser/element-driver.ts';
import { restorePageClock, setPageClock } from '../../support/browser/page-clock.ts';
import { RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage, storageDump } from '../../support/browser/storage-dump.ts';
import { inCalls, inGroups, NOON, TrackerDriver } from '../../support/browser/tracker-driver.ts';

describe('the session tracker', () => {
  beforeEach(clearStorage);
  afterEach(async () => {
    restorePageClock();
    await clearStage();
  });

  it('shows what comes next and how everything stands, and of another arm not a word', async () => {
    const { receiver } = await inGroups();
    const tracker = await TrackerDriver.whole({
      endpoint: receiver.address,
      attributes: { questionnaire: '/questions' },
    });
    assert.equal(tracker.heading, 'Your sessions');
    assert.equal(tracker.get('.coming h3').textContent, 'Group 3');
    assert.match(tracker.get('.coming').textContent ?? '', /Thursday, April 9, 3:00\sPM/);
    const join = tracker.get<HTMLAnchorElement>('.coming a');
    assert.deepEqual(
      [join.href, join.target, join.rel],
      ['https://meet.example.org/groups', '_blank', 'noopener noreferrer'],
    );
    const marks = tracker.all('.stop').map(({ classList }) => classList.item(1));
    assert.includeMembers(marks, ['attended', 'unsaid', 'next', 'done']);
    assert.notMatch(document.documentElement.outerHTML + tracker.root.innerHTML, /calls|llamadas/i);
    assert.notMatch(await storageDump(), /calls-arm/i);
  });

  it('"I could not come" is the receiver’s with its reason; the recording is offered, and seen when they say so', async () => {
    const { receiver, participant } = await inGroups();
    await receiver.putUp('series', 'groups', {
      kind: 'recording',
      about: 'groups-2',
      link: 'https://recordings.example.org/2',
    });
    const tracker = await TrackerDriver.whole({ endpoint: receiver.address });
    tracker.press('I could not come');
    await tracker.untilHeading('You could not come');
    tracker.press('Send');
    await tracker.untilText('Please write a word or two.');
    await tracker.until('the focus', () => tracker.focused?.id === 'absence-reason');
    // Nobody is so quick as to press again before the first press is done with.
    await tracker.untilState('ready');
    tracker.write('#absence-reason', 'On call');
    tracker.press('Send');
    await tracker.untilHeading('Group 2');
    await tracker.untilText('The study team has it');
    await tracker.untilText('What you said: “On call”');
    assert.equal((await receiver.told(participant)).plan[1]?.state, 'missed');
    const recording = tracker.get<HTMLAnchorElement>('.part a');
    assert.deepEqual([recording.href, recording.target], ['https://recordings.example.org/2', '_blank']);
    tracker.press('I have seen it');
    await tracker.untilText('that you have seen it');
    assert.equal((await receiver.told(participant)).plan[1]?.state, 'made-up');
  });

  it('keeps what is written between sessions while it is typed, and hands it in as it was typed', async () => {
    const { receiver, participant } = await inGroups();
    const tracker = await TrackerDriver.whole({ endpoint: receiver.address });
    await tracker.toSession(0);
    await tracker.untilHeading('Group 1');
    tracker.write('textarea', '  Walked home,\nslowly');
    await tracker.untilText('Saved');
    assert.equal((await receiver.told(participant)).plan[0]?.homework[0]?.saved, undefined);
    tracker.element.remove();
    const again = await TrackerDriver.whole({ endpoint: receiver.address });
    await again.toSession(0);
    const field = again.get<HTMLTextAreaElement>('textarea');
    assert.equal(field.value, '  Walked home,\nslowly');
    field.dispatchEvent(new Event('change'));
    await again.untilText('Saved Mar 27');
    assert.equal((await receiver.told(participant)).plan[0]?.homework[0]?.saved?.text, '  Walked home,\nslowly');
  });

  it('asks for one of the times that are offered, and words a review kindly', async () => {
    const { receiver, participant } = await inCalls();
    const tracker = await TrackerDriver.whole({ endpoint: receiver.address });
    await tracker.untilText('We will call you.');
    assert.include(tracker.text, 'Please choose new times for the 3 sessions that you missed.');
    tracker.all<HTMLButtonElement>('.about button')[0]?.click();
    await tracker.untilHeading('Another time');
    tracker.pick(1);
    await tracker.element.updateComplete;
    tracker.press('Ask for this time');
    await tracker.until('the session', () => tracker.root.querySelector('.session-head') !== null);
    await tracker.untilText('The study team has it');
    await tracker.until(
      'its new state',
      () => tracker.root.querySelector('.stand.rescheduled, .stand.next, .stand.waiting') !== null,
    );
    const [first] = (await receiver.told(participant)).plan;
    assert.equal(first?.state, 'rescheduled');
  });

  it('gives out an address that names nothing, and ends it', async () => {
    const { receiver } = await inGroups();
    const tracker = await TrackerDriver.whole({ endpoint: receiver.address });
    tracker.press('Add to my calendar');
    await tracker.untilHeading('In your calendar');
    tracker.press('Make an address');
    await tracker.until('the address', () => tracker.root.querySelector('#feed') !== null);
    const { value } = tracker.get<HTMLInputElement>('#feed');
    const feed = await (await fetch(value)).text();
    assert.include(feed, 'SUMMARY:Appointment');
    assert.notMatch(feed + value, /group|ward|calm|meet\.example/i);
    tracker.press('End the address');
    await tracker.untilText('The address has ended.');
    assert.equal((await fetch(value, { cache: 'no-store' })).status, 404);
  });

  it('leaves the sessions when the receiver has heard it, and not before; the questionnaires go on', async () => {
    const { receiver, participant } = await inGroups();
    const tracker = await TrackerDriver.whole({ endpoint: receiver.address });
    await receiver.trouble(503);
    tracker.press('Stop the sessions');
    await tracker.until('the question', () => tracker.root.querySelector('.decision') !== null);
    tracker.get<HTMLButtonElement>('.decision [type="submit"]').click();
    await tracker.untilText('not sent yet');
    assert.equal((await receiver.told(participant)).state, 'open');
    assert.notInclude(tracker.text, 'You have stopped');
    await receiver.trouble(null);
    tracker.press('Send again');
    await tracker.untilText('You have stopped the sessions. The questionnaires go on.');
    assert.equal((await receiver.told(participant)).state, 'left');
    assert.isNotEmpty(tracker.all('.stop .plain'));
    assert.isNull(tracker.root.querySelector('.around'));
  });

  it('says to somebody who is not signed in what they need', async () => {
    const receiver = await RealReceiver.openWithSessions();
    const tracker = TrackerDriver.open({ endpoint: receiver.address });
    await tracker.untilHeading('What comes next for you');
    await tracker.until('the way in', () => tracker.root.querySelector('.actions button') !== null);
    assert.include(tracker.text, 'open this page with your personal link or code');
    tracker.get<HTMLButtonElement>('.actions button').click();
    await tracker.untilHeading('Continue with your link or code');
  });

  it('shows a plan that the page has, where there is nobody to ask, and hands nothing in', async () => {
    const receiver = await RealReceiver.openWithSessions();
    setPageClock(NOON);
    const tracker = TrackerDriver.open({ endpoint: receiver.address, attributes: { questionnaire: '#questions' } });
    tracker.element.plan = {
      sessions: sessions([session(1, { startsAt: '2026-03-30T22:00:00Z' })]),
      assessments: [assessment('week-12', { state: 'open' })],
    };
    await tracker.untilText('Monday, March 30');
    const chosen: string[] = [];
    tracker.element.addEventListener('steady-assessment-chosen', (event) => {
      event.preventDefault();
      chosen.push(event.assessment);
    });
    tracker.get<HTMLAnchorElement>('a[href$="#questions"]').click();
    assert.deepEqual(chosen, ['week-12']);
    assert.isNull(tracker.root.querySelector('.around'));
    const errors: string[] = [];
    tracker.element.addEventListener('steady-error', ({ code }) => errors.push(code));
    tracker.element.plan = { sessions: 'none' };
    await tracker.untilState('failed');
    assert.deepEqual(errors, ['plan-invalid']);
    tracker.element.plan = { sessions: sessions([session(1, { startsAt: '2026-03-31T22:00:00Z' })]) };
    await tracker.untilText('Tuesday, March 31');
  });
});
