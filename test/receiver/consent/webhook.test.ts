import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  documentIn,
  openConsentOffice,
  STUDY,
  signed,
  somebody,
  taken,
  unsigned,
  withdrawal,
} from '../../support/consent-office.ts';
import { enrolled, postAs } from '../../support/participants.ts';
import { openTarget } from '../../support/webhook-target.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('a study’s webhook', () => {
  it('is told who signed, declined, asked for paper or left, by ids alone, and of nothing that was refused', async () => {
    const target = await openTarget();
    const webhooks = { [STUDY]: { url: target.url, secrets: [SECRET], page: 'https://example.org/p' } };
    const office = await openConsentOffice({}, { webhooks });
    const north = await enrolled(office, { study: STUDY, site: 'north' });
    const document = documentIn(office);
    const given = [
      await unsigned(document, 'paper'),
      await unsigned(document, 'deferred'),
      await signed(document),
      withdrawal('study', { erase: true }),
    ];
    for (const one of given) await taken(office, north.device, one);
    await postAs(office, north.device.token, await signed(document));
    const other = await somebody(office);
    const declined = await unsigned(document, 'declined');
    await taken(office, other.device, declined);
    await target.untilAsked(6);
    await office.receiver.close();
    await target.close();
    const told = target.got.map(({ body }) => JSON.parse(body)).filter(({ type }) => type !== 'enrolled');
    const [paper, , signature, left] = given;
    const about = { study: STUDY, participant: north.id, site: 'north', mode: 'test', page: 'https://example.org/p' };
    const { site: _, ...elsewhere } = { ...about, participant: other.id };
    const byType = Object.fromEntries(told.map(({ type, data }) => [type, data]));
    assert.deepEqual(byType, {
      'consent-paper': { ...about, submission: paper?.id },
      'consent-signed': { ...about, submission: signature?.id },
      withdrawn: { ...about, submission: left?.id },
      'consent-declined': { ...elsewhere, submission: declined.id },
    });
    assert.equal(told.length, 4);
  });
});
