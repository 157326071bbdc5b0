import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { ReauthenticationError } from '../../../src/receiver/consent/reauthentication.ts';
import { exampleWithConsent } from '../../support/consent.ts';
import {
  type ConsentOffice,
  documentIn,
  myConsent,
  openConsentOffice,
  recordText,
  restarted,
  STUDY,
  signed,
  somebody,
  taken,
  unsigned,
  withdrawal,
} from '../../support/consent-office.ts';
import { type Claims, ISSUER, identityProvider, type ProofOptions, seconds } from '../../support/identity-provider.ts';
import { type Device, eventsOf, postAs } from '../../support/participants.ts';
import { NOW, ring } from '../../support/receiver.ts';

const provider = identityProvider();
const open = (changes = {}): Promise<ConsentOffice> =>
  openConsentOffice({}, { reauthentication: { [STUDY]: { ...provider.config, ...changes } } });

/** Signs with a proof for this very signature. */
async function withProof(office: ConsentOffice, claims: Claims = {}, options: ProofOptions = {}, after?: string) {
  const given = await signed(documentIn(office), { after });
  const nonce = `${given.id}.${given.documentDigest}`;
  return { ...given, proof: await provider.proof({ nonce, ...claims }, options) };
}

async function refusal(office: ConsentOffice, { token }: Device, given: Awaited<ReturnType<typeof withProof>>) {
  const answer = await postAs(office, token, given);
  assert.equal(answer.status, 422, answer.body);
  assert.equal(await office.store.transaction((tx) => tx.decision(STUDY, given.id)), undefined);
  return answer.problem();
}

describe('P7: a signature where the study asks who signs again', () => {
  it('P7, E3: stands with a proof for it, and the record says by what it was checked', async () => {
    const office = await open();
    const { device, id: participant } = await somebody(office);
    const given = await withProof(office);
    await taken(office, device, given);
    const record = await recordText(office, device, given);
    assert.equal(JSON.parse(record).identity, `participant-token, invitation, jwt ${ISSUER}`);
    assert.deepEqual((await eventsOf(office, participant, STUDY)).slice(2, 4), ['signer-bound', 'consent-signed']);
    const head = await office.store.transaction((tx) => tx.auditRows(STUDY, `participant:${participant}`));
    const again = await postAs(office, device.token, given);
    assert.deepEqual([again.status, again.receipt().auditHead], [200, head[3]?.mac], 'the head when it was taken');
  });

  it('keeps nothing of the proof, and whose it was only as a keyed hash', async () => {
    const office = await open();
    const { device, id: participant } = await somebody(office);
    const given = await withProof(office, { sub: 'ana.perez@example.org' });
    await taken(office, device, given);
    const { proof, ...rest } = given;
    const kept = await office.store.transaction(async (tx) => ({
      decision: await tx.decision(STUDY, given.id),
      record: await tx.record(STUDY, given.id),
      signer: await tx.signerOf(STUDY, participant),
      audit: await tx.auditRows(STUDY, `participant:${participant}`),
    }));
    assert.deepEqual(JSON.parse(kept.decision?.body ?? ''), JSON.parse(JSON.stringify(rest)));
    assert.match(kept.signer?.subjectHash ?? '', /^[0-9a-f]{64}$/);
    const text = JSON.stringify(kept);
    for (const part of [...proof.split('.'), 'ana.perez']) assert.ok(!text.includes(part));
  });

  it('is refused without one, and asks none of whoever does not sign', async () => {
    const office = await open();
    const { device } = await somebody(office);
    const { proof: _, ...bare } = await withProof(office);
    const answer = await postAs(office, device.token, bare);
    assert.deepEqual([answer.status, answer.problem()], [422, 'proof-missing']);
    await taken(office, device, await unsigned(documentIn(office), 'deferred'));
    await taken(office, device, withdrawal('authorization'));
  });

  const at = (more: number): number => seconds(NOW) + more;
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const refused: readonly (readonly [name: string, claims: Claims, problem: string, options?: ProofOptions])[] = [
    ['issued more than five minutes ago', { iat: at(-331) }, 'proof-expired'],
    ['that has run out', { exp: at(-31) }, 'proof-expired'],
    ['of somebody who had signed in long before', { auth_time: at(-331) }, 'proof-expired'],
    ['for another signature', { nonce: `0199e2a4-7c1e-7b3a-9d52-3f0c6a1b8e47.${'a'.repeat(64)}` }, 'proof-for-another'],
    ['for nothing in particular', { nonce: undefined }, 'proof-invalid'],
    ['of nobody', { sub: undefined }, 'proof-invalid'],
    ['of a subject without a name', { sub: '' }, 'proof-invalid'],
    ['of another issuer', { iss: 'https://evil.example.org' }, 'proof-invalid'],
    ['for another audience', { aud: 'somebody-else' }, 'proof-invalid'],
    ['without a time', { iat: undefined }, 'proof-invalid'],
    ['from the future', { iat: at(60) }, 'proof-invalid'],
    ['that is not good yet', { nbf: at(60) }, 'proof-invalid'],
    ['signed by another key under the name of the right one', {}, 'proof-invalid', { key: stranger }],
    ['signed by a key that nobody knows', {}, 'proof-invalid', { key: stranger, kid: 'two' }],
    ['of another algorithm', {}, 'proof-invalid', { key: rsa, alg: 'RS256' }],
    ['signed with a shared secret', {}, 'proof-invalid', { key: new Uint8Array(32), alg: 'HS256' }],
  ];
  for (const [name, claims, problem, options] of refused) {
    it(`P7: is refused with a proof ${name}`, async () => {
      const office = await open();
      const { device } = await somebody(office);
      assert.equal(await refusal(office, device, await withProof(office, claims, options)), problem);
    });
  }

  const malformed = {
    'without a signature': (proof: string) => `${proof.split('.').slice(0, 2).join('.')}.`,
    'of the algorithm none': (proof: string) => {
      const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      return `${header}.${proof.split('.')[1]}.`;
    },
    'with a changed subject': (proof: string) => {
      const [header, payload = '', signature] = proof.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      return [header, Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url'), signature].join(
        '.',
      );
    },
    'that is no token': () => 'yes, it is me',
  };
  for (const [name, change] of Object.entries(malformed)) {
    it(`P7: is refused with a proof ${name}`, async () => {
      const office = await open();
      const { device } = await somebody(office);
      const given = await withProof(office);
      assert.equal(await refusal(office, device, { ...given, proof: change(given.proof) }), 'proof-invalid');
    });
  }

  it('P7: is refused with the proof of another signature, played again', async () => {
    const office = await open();
    const { device } = await somebody(office);
    const first = await withProof(office);
    await taken(office, device, first);
    const second = await withProof(office, {}, {}, first.id);
    assert.equal(await refusal(office, device, { ...second, proof: first.proof }), 'proof-for-another');
  });

  it('P7: is refused with a proof for the same words in another language', async () => {
    const office = await open();
    const { device } = await somebody(office);
    const other = await signed(documentIn(office, '1.0', 'es'));
    const { documentDigest } = await signed(documentIn(office));
    const proof = await provider.proof({ nonce: `${other.id}.${documentDigest}` });
    assert.equal(await refusal(office, device, { ...other, proof }), 'proof-for-another');
  });

  it('waits five minutes at most, with a little for clocks that differ', async () => {
    const office = await open();
    const { device } = await somebody(office);
    const given = await withProof(office, { iat: at(20), exp: at(300), auth_time: at(-5) });
    office.clock.now = new Date(Date.parse(NOW) + 320_000).toISOString();
    await taken(office, device, given);
  });
});

describe('P7: who signs', () => {
  it('is the same at every signature of a participant', async () => {
    const office = await open();
    const { device } = await somebody(office);
    const first = await withProof(office);
    await taken(office, device, first);
    const other = await withProof(office, { sub: 'eve' }, {}, first.id);
    assert.equal(await refusal(office, device, other), 'proof-subject-differs');
    await taken(office, device, await withProof(office, {}, {}, first.id));
  });

  it('signs for one participant alone, whichever of two is first', async () => {
    const office = await open();
    const [one, two] = [await somebody(office), await somebody(office)];
    const given = [await withProof(office), await withProof(office)];
    const answers = await Promise.all(
      [one, two].map(({ device }, index) => postAs(office, device.token, given[index] ?? assert.fail())),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422]);
    assert.equal(answers.find(({ status }) => status === 422)?.problem(), 'proof-subject-taken');
    const states = await Promise.all([one, two].map(({ device }) => myConsent(office, device)));
    assert.deepEqual(states.map(({ state }) => state).sort(), ['none', 'signed']);
  });

  it('is known again under a new key of the receiver', async () => {
    const office = await open();
    const { device } = await somebody(office);
    const first = await withProof(office);
    await taken(office, device, first);
    const reauthentication = { [STUDY]: provider.config };
    const later = await restarted(office, exampleWithConsent(), { keys: ring(2, 1), reauthentication });
    assert.equal(
      await refusal(later, device, await withProof(later, { sub: 'eve' }, {}, first.id)),
      'proof-subject-differs',
    );
    await taken(later, device, await withProof(later, {}, {}, first.id));
    const stranger = await somebody(later);
    assert.equal(await refusal(later, stranger.device, await withProof(later)), 'proof-subject-taken');
  });
});

describe('a proof that is not asked for', () => {
  it('is checked where it can be, and counts', async () => {
    const office = await open({ required: false });
    const { device } = await somebody(office);
    assert.equal(await refusal(office, device, await withProof(office, { iat: 1 })), 'proof-expired');
    const { proof: _, ...bare } = await withProof(office);
    await taken(office, device, bare);
    const given = await withProof(office, {}, {}, bare.id);
    await taken(office, device, given);
    assert.match(JSON.parse(await recordText(office, device, given)).identity, /jwt/);
    assert.doesNotMatch(JSON.parse(await recordText(office, device, bare)).identity, /jwt/);
  });

  it('is named where this receiver cannot check it, and is not kept', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const given = await withProof(office);
    const answer = await taken(office, device, given);
    assert.deepEqual(answer.receipt().deviations, ['proof-unchecked']);
    assert.doesNotMatch(JSON.parse(await recordText(office, device, given)).identity, /jwt/);
    const row = await office.store.transaction((tx) => tx.decision(STUDY, given.id));
    assert.ok(row && !row.body.includes(given.proof));
  });
});

describe('re-authentication that cannot be used', () => {
  const [key = {}] = provider.config.jwks.keys;
  const keys: readonly (readonly [name: string, keys: Record<string, unknown>[], says: RegExp])[] = [
    ['a shared secret', [{ kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' }], /jwks\.keys\[0\] is no public key/],
    ['a private key', [{ ...key, d: 'x' }], /is a private key/],
    ['a key without an algorithm', [{ ...key, alg: undefined }], /needs an "alg", one of EdDSA/],
    ['a key of the algorithm none', [{ ...key, alg: 'none' }], /needs an "alg"/],
    ['two keys that cannot be told apart', [key, key], /keys\[1\] has the "kid" of another/],
    ['two keys without a name', [{ ...key, kid: undefined }, key], /keys\[0\] needs a "kid"/],
    ['half a key', [{ ...key, x: undefined }], /cannot be read as a key/],
  ];
  for (const [name, given, says] of keys) {
    it(`is refused at the start: ${name}`, async () => {
      await assert.rejects(
        open({ jwks: { keys: given } }),
        (error) => error instanceof ReauthenticationError && says.test(error.message),
      );
    });
  }

  it('is refused for a study that has no consent to sign', async () => {
    const reauthentication = { nothing: provider.config };
    await assert.rejects(openConsentOffice({}, { reauthentication }), { code: 'reauthentication-without-consent' });
  });
});
