import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SMALLEST_TOLD } from '../../src/receiver/links/link-counts.ts';
import { newLinkCode, readLinkCode } from '../../src/submission/link-code.ts';
import { fencesIn, marked, readDocument } from '../support/documents.ts';
import { openStaffOffice } from '../support/staff-office.ts';

const document = readDocument('docs/recruitment.md');
const prose = document.replaceAll(/\s+/g, ' ');

describe('docs/recruitment.md', () => {
  test('shows a link as the receiver answers it', async () => {
    const [fence] = fencesIn(marked(document, 'link'), 'json');
    const shown = JSON.parse(fence?.text ?? '');
    assert.equal(readLinkCode(shown.grouped), shown.code);
    const office = await openStaffOffice();
    const { token, id } = await office.hire('recruiter');
    const made = await office.as(token, '/studies/ward/links', {
      method: 'POST',
      body: JSON.stringify({ channel: 'poster', language: 'en' }),
      headers: { 'Content-Type': 'application/json' },
    });
    await office.receiver.close();
    const { code, grouped, path, ...given } = JSON.parse(made.body);
    assert.deepEqual([grouped, path], [`${code.slice(0, 4)}-${code.slice(4)}`, `j/${code}`]);
    const { code: _, grouped: __, path: ___, ...told } = shown;
    assert.deepEqual({ ...told, language: 'en', createdBy: id, createdAt: office.clock.now }, given);
  });

  test('describes the check so that it can be computed', () => {
    const digits = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((one) => !'ILOU'.includes(one));
    for (let count = 0; count < 200; count += 1) {
      let result = 0;
      for (const character of newLinkCode()) {
        result <<= 1;
        if (result > 31) result ^= 37;
        result ^= digits.indexOf(character);
      }
      assert.equal(result, 0);
    }
  });

  test('gives the number below which a recruiter is told none', () => {
    assert.equal(SMALLEST_TOLD, 5);
    assert.ok(prose.includes('they get `"<5"` for anything below five'));
  });
});
