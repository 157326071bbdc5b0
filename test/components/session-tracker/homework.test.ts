import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Homework } from '../../../components/session-tracker/homework.ts';
import type { MySession } from '../../../src/submission/participation.ts';
import { session } from '../../suites/support/tracker-plan.ts';

const AT = '2026-05-14T18:00:00.000Z';

function withTask(saved?: string): MySession {
  const task = { task: 'worksheet', kind: 'worksheet', state: saved === undefined ? 'open' : 'done' } as const;
  return session(1, { homework: [{ ...task, ...(saved !== undefined && { saved: { text: saved, at: AT } }) }] });
}

const SUBMISSION = '0198c0de-0000-7000-8000-000000000001';
const one = (text: string) => ({ session: 'groups-1', task: 'worksheet', text });

describe('what is written between two sessions', () => {
  it('is what was saved last, until somebody types', () => {
    const homework = new Homework();
    const asSaved = withTask('Walk');
    assert.equal(homework.textOf(asSaved, 'worksheet'), 'Walk');
    assert.equal(homework.stateOf(asSaved, 'worksheet'), 'saved');
    homework.type(asSaved, 'worksheet', 'Walk more');
    assert.equal(homework.textOf(asSaved, 'worksheet'), 'Walk more');
    assert.equal(homework.stateOf(asSaved, 'worksheet'), 'typing');
    assert.deepEqual(homework.typed, [one('Walk more')]);
  });

  it('is nothing new once it is typed back to what was saved; an emptied text is', () => {
    const homework = new Homework();
    homework.type(withTask('Walk'), 'worksheet', 'Walk!');
    homework.type(withTask('Walk'), 'worksheet', 'Walk');
    assert.deepEqual(homework.typed, []);
    homework.type(withTask('Walk'), 'worksheet', '');
    assert.deepEqual(homework.typed, [one('')]);
  });

  it('is a draft while it is typed, by the names that both ends know; and nothing once a disk holds what was handed in', () => {
    const homework = new Homework();
    assert.equal(homework.draft(), 'unknown');
    homework.type(withTask(), 'worksheet', '  as\ttyped\n');
    assert.deepEqual(homework.draft(), { 'groups-1/worksheet': '  as\ttyped\n' });
    homework.handedIn(one('  as\ttyped\n'), SUBMISSION, false);
    assert.deepEqual(homework.typed, []);
    assert.deepEqual(homework.draft(), { 'groups-1/worksheet': '  as\ttyped\n' }, 'a memory may be gone with its page');
    homework.handedIn(one('  as\ttyped\n'), SUBMISSION, true);
    assert.equal(homework.draft(), 'nothing');
    assert.equal(homework.draft(), 'unknown');
  });

  it('that is typed on while the text before is on its way, is another text, to be handed in again', () => {
    const homework = new Homework();
    homework.type(withTask(), 'worksheet', 'a');
    const [first] = homework.typed;
    homework.type(withTask(), 'worksheet', 'ab');
    homework.handedIn(first ?? one(''), SUBMISSION, true);
    assert.deepEqual(homework.typed, [one('ab')]);
    homework.arrived(SUBMISSION);
    homework.meet([withTask('a')]);
    assert.equal(homework.textOf(withTask('a'), 'worksheet'), 'ab');
  });

  it('that is taken back while it is on its way is handed in again as it was', () => {
    const homework = new Homework();
    homework.type(withTask('a'), 'worksheet', 'ab');
    homework.handedIn(one('ab'), SUBMISSION, true);
    homework.type(withTask('a'), 'worksheet', 'a');
    assert.deepEqual(homework.typed, [one('a')]);
  });

  it('is the endpoint’s to tell again once it has arrived, also where another device has written since', () => {
    const homework = new Homework();
    homework.type(withTask(), 'worksheet', 'here');
    homework.handedIn(one('here'), SUBMISSION, true);
    homework.meet([withTask()]);
    assert.equal(homework.textOf(withTask(), 'worksheet'), 'here');
    homework.arrived(SUBMISSION);
    homework.meet([withTask('there')]);
    assert.equal(homework.textOf(withTask('there'), 'worksheet'), 'there');
  });

  it('is taken up from a draft, unless what is saved is newer or the same, or the draft is of something else', () => {
    const taken = (draft: Parameters<Homework['takeUp']>[0], saved?: string): string => {
      const homework = new Homework();
      homework.takeUp(draft, [withTask(saved)]);
      return homework.textOf(withTask(saved), 'worksheet');
    };
    const answers = { 'groups-1/worksheet': 'draft' };
    assert.equal(taken({ answers }), 'draft');
    assert.equal(taken({ answers }, 'saved'), 'draft');
    assert.equal(taken({ answers, entered: { 'groups-1/worksheet': Date.parse(AT) + 1 } }, 'saved'), 'draft');
    assert.equal(taken({ answers, entered: { 'groups-1/worksheet': Date.parse(AT) - 1 } }, 'saved'), 'saved');
    assert.equal(taken({ answers: { role: 'nurse', 'groups-1/worksheet': ['draft'] } }), '');
  });
});
