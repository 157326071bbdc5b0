import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { qrSvg } from '../../../components/screener-link/qr-files.ts';

describe('a QR code as a drawing', () => {
  it('stands alone: its own background, its size on paper, what it says, and no script', async () => {
    const file = qrSvg('https://ward.example.org/?a=1&source=poster', 'qr-poster');
    assert.deepEqual([file.name, file.type], ['qr-poster.svg', 'image/svg+xml']);
    const text = await file.text();
    assert.match(text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(text, /width="60mm" height="60mm" viewBox="0 0 (\d+) \1"/);
    assert.ok(text.includes('<title>https://ward.example.org/?a=1&amp;source=poster</title>'));
    assert.match(text, /<path fill="#fff" d="M0 0h(\d+)v\1H0z"\/>/);
    assert.doesNotMatch(text, /script|&(?!amp;)/);
  });
});
