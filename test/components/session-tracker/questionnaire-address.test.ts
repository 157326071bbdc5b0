import assert from 'node:assert/strict';
import { it } from 'node:test';
import { questionnaireAddress } from '../../../components/session-tracker/questionnaire-address.ts';

const PAGE = 'https://portal.example/mine/';

it('the way to a questionnaire is on https or of the page itself, and nowhere else', () => {
  const at = (text: string, page = PAGE) => questionnaireAddress(text, page);
  assert.equal(at('#questions'), 'https://portal.example/mine/#questions');
  assert.equal(at('../questions'), 'https://portal.example/questions');
  assert.equal(at('https://elsewhere.example/q'), 'https://elsewhere.example/q');
  assert.equal(at('questions', 'http://ward.internal/mine/'), 'http://ward.internal/mine/questions');
  for (const text of [
    '',
    ' ',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://elsewhere.example/q',
    'http://[',
    'blob:null/x',
  ])
    assert.equal(at(text), undefined, text);
});
