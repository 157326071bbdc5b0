import assert from 'node:assert/strict';
import { it } from 'node:test';
import { questionnaireAddress } from '../../../components/session-tracker/questionnaire-address.ts';

const PAGE = 'https://portal.example/mine/';

it('the way to a questionnaire is on https, on this machine or of the page itself, and nowhere else', () => {
  const at = (text: string, page = PAGE) => questionnaireAddress(text, page);
  assert.equal(at('#questions'), 'https://portal.example/mine/#questions');
  assert.equal(at('../questions'), 'https://portal.example/questions');
  assert.equal(at('https://elsewhere.example/q'), 'https://elsewhere.example/q');
  assert.equal(at('questions', 'http://ward.internal/mine/'), 'http://ward.internal/mine/questions');
  // Where somebody tries the kit out, a frame's page and the host's are two origins of one machine.
  assert.equal(at('http://localhost:8080/q', 'http://127.0.0.1:8787/frame'), 'http://localhost:8080/q');
  for (const text of [
    'javascript://localhost/%0Aalert(1)',
    'ftp://localhost/q',
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
