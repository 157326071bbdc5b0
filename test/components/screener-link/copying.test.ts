import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Copying, type Write } from '../../../components/screener-link/copying.ts';

function open(write: Write) {
  const seen: string[] = [];
  const copying = new Copying(() => seen.push(copying.state('address') ?? '-'), write);
  let selected = 0;
  return {
    copying,
    seen,
    copy: (what = 'address') => copying.copy(what, 'words', () => selected++),
    selected: () => selected,
  };
}

describe('a copy button', () => {
  it('says that it worked, and says so again when it is pressed again', async () => {
    const written: string[] = [];
    const { copying, seen, copy, selected } = open(async (text) => void written.push(text));
    await copy();
    assert.equal(copying.state('address'), 'copied');
    await copy();
    assert.deepEqual(seen, ['-', 'copied', '-', 'copied']);
    assert.deepEqual([written, selected()], [['words', 'words'], 0]);
  });

  it('says that it did not, and leaves the text selected', async () => {
    const refusing: Write = async () => {
      throw new DOMException('No.', 'NotAllowedError');
    };
    const { copying, copy, selected } = open(refusing);
    await copy();
    assert.deepEqual([copying.state('address'), selected()], ['failed', 1]);
  });

  it('speaks for the last one alone', async () => {
    const { copying, copy } = open(async () => {});
    await copy('text');
    assert.deepEqual([copying.state('address'), copying.state('text')], [undefined, 'copied']);
    copying.forget();
    assert.equal(copying.state('text'), undefined);
  });
});

describe('a browser without a clipboard', () => {
  it('is one where it did not work', async () => {
    const copying = new Copying(() => {});
    let selected = false;
    await copying.copy('address', 'words', () => {
      selected = true;
    });
    assert.deepEqual([copying.state('address'), selected], ['failed', true]);
  });
});
