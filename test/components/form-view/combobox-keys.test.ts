import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { optionAfter } from '../../../components/form-view/fields/combobox-keys.ts';

describe('optionAfter', () => {
  it('leads from option to option', () => {
    const cases: readonly [key: string, active: number, next: number][] = [
      ['ArrowDown', -1, 0],
      ['ArrowDown', 3, 4],
      ['ArrowDown', 9, 0],
      ['ArrowUp', -1, 9],
      ['ArrowUp', 0, 9],
      ['ArrowUp', 9, 8],
      ['PageDown', -1, 3],
      ['PageDown', 2, 6],
      ['PageDown', 8, 9],
      ['PageUp', 9, 5],
      ['PageUp', 2, 0],
      ['PageUp', -1, 0],
      ['Home', -1, -1],
      ['Home', 5, 0],
      ['End', -1, -1],
      ['End', 5, 9],
      ['a', 5, -1],
      ['ArrowLeft', 5, -1],
    ];
    for (const [key, active, next] of cases)
      assert.equal(optionAfter(key, active, 10, 4), next, `${key} from ${active}`);
  });

  it('leads nowhere in an empty list', () => {
    for (const key of ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End']) {
      assert.equal(optionAfter(key, -1, 0, 4), -1);
    }
  });
});
