import { clearStage } from '../../support/browser/element-driver.ts';
import { assertForEveryone } from '../../support/browser/everyone.ts';
import { restorePageClock } from '../../support/browser/page-clock.ts';
import { clearStorage } from '../../support/browser/storage-dump.ts';
import { inCalls, inGroups, TrackerDriver } from '../../support/browser/tracker-driver.ts';

/** Screens of the session tracker, each with the way there, in the longer language. */

async function open({ receiver }: Awaited<ReturnType<typeof inGroups>>): Promise<TrackerDriver> {
  return TrackerDriver.whole({ endpoint: receiver.address, attributes: { lang: 'es', questionnaire: '/questions' } });
}

const scenes: Readonly<Record<string, () => Promise<TrackerDriver>>> = {
  'the overview, with a review and what is asked': async () => open(await inCalls()),
  'a session with a recording and homework': async () => {
    const { receiver, participant } = await inGroups();
    await receiver.record(participant, { event: 'missed', session: 'groups-2' });
    const link = 'https://recordings.example.org/2';
    await receiver.putUp('series', 'groups', { kind: 'recording', about: 'groups-2', link });
    const tracker = await open({ receiver, participant });
    await tracker.toSession(1);
    return tracker;
  },
  '"I could not come", with what is missing': async () => {
    const tracker = await open(await inGroups());
    tracker.press(tracker.say('tracker-could-not-come'));
    await tracker.untilHeading(tracker.say('absence-title'));
    tracker.press(tracker.say('absence-send'));
    await tracker.untilText(tracker.say('problem.absence-reason'));
    return tracker;
  },
  'the calendar, with an address': async () => {
    const tracker = await open(await inGroups());
    tracker.press(tracker.say('tracker-calendar'));
    await tracker.untilHeading(tracker.say('calendar-title'));
    tracker.press(tracker.say('calendar-make'));
    await tracker.until('the address', () => tracker.root.querySelector('#feed') !== null);
    return tracker;
  },
};

describe('every screen of the session tracker, for everyone', () => {
  beforeEach(clearStorage);
  afterEach(async () => {
    restorePageClock();
    await clearStage();
  });

  for (const [name, scene] of Object.entries(scenes)) {
    it(name, async () => {
      await assertForEveryone((await scene()).element, `tracker ${name}`);
    });
  }
});
