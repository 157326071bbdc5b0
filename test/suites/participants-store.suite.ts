import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { DraftRow } from '../../src/receiver/store/drafts-store.ts';
import type { FlagRow } from '../../src/receiver/store/flags-store.ts';
import type { CredentialRow, InvitationRow, ParticipantRow } from '../../src/receiver/store/participants-store.ts';
import type { ContactRow, ScreeningRow, Store } from '../../src/receiver/store/store.ts';
import type { Bench } from './store.suite.ts';

const AT = '2026-03-01T00:00:00.000Z';
const LATER = '2026-03-02T00:00:00.000Z';

/** What every store must do for participants, their secrets, drafts and flags. */
export function participantsStoreSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store of participants`, () => {
    let bench: Bench;
    let store: Store;
    beforeEach(async () => {
      bench = await createBench();
      store = await bench.open();
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    describe('participants', () => {
      it('are found in their study alone, and never added twice', async () => {
        await store.transaction((tx) => tx.addParticipant(participant('p1')));
        await assert.rejects(store.transaction((tx) => tx.addParticipant({ ...participant('p1'), site: 'south' })));
        await store.transaction(async (tx) => {
          await tx.addParticipant({ ...participant('p1'), study: 'other' });
          assert.deepEqual(await tx.participant('ward', 'p1'), participant('p1'));
          assert.equal(await tx.participant('ward', 'p2'), undefined);
          assert.equal(await tx.participant('third', 'p1'), undefined);
        });
      });

      it('are listed page by page, of some sites alone', async () => {
        const sites = ['north', 'south', null, 'north'];
        await store.transaction(async (tx) => {
          for (const [index, site] of sites.entries()) await tx.addParticipant({ ...participant(`p${index}`), site });
          await tx.addParticipant({ ...participant('p9'), study: 'other' });
        });
        const page = (after: string | undefined, limit: number, of?: readonly string[]) =>
          store.transaction(async (tx) =>
            (await tx.participants('ward', { after, limit, sites: of })).map(({ id }) => id).join(),
          );
        assert.equal(await page(undefined, 3), 'p0,p1,p2');
        assert.equal(await page('p2', 3), 'p3');
        assert.equal(await page('p3', 3), '');
        assert.equal(await page(undefined, 9, ['north']), 'p0,p3');
        assert.equal(await page(undefined, 9, []), '');
      });

      it('are told which screening and which contact count', async () => {
        await store.transaction(async (tx) => {
          await tx.addParticipant(participant('p1'));
          await tx.addParticipant(participant('p2'));
          await tx.changeParticipant('ward', 'p1', { screeningIdHash: 'h1' });
          await tx.changeParticipant('ward', 'p1', { contact: 'c1' });
          assert.deepEqual(await tx.participant('ward', 'p1'), {
            ...participant('p1'),
            screeningIdHash: 'h1',
            contact: 'c1',
          });
          assert.deepEqual(await tx.participant('ward', 'p2'), participant('p2'));
        });
      });
    });

    describe('credentials', () => {
      beforeEach(() => store.transaction((tx) => tx.addParticipant(participant('p1'))));

      it('are one of a kind in their study, whoever they belong to', async () => {
        const other = { ...credential('aa', 'p2'), kind: 'write-key' } as const;
        await store.transaction(async (tx) => {
          await tx.addParticipant(participant('p2'));
          assert.equal(await tx.addCredential(credential('aa', 'p1')), true);
          assert.equal(await tx.addCredential(other), false);
          assert.deepEqual(await tx.credentialsByPrefix('ward', 'aa'), [credential('aa', 'p1')]);
          await tx.addParticipant({ ...participant('p2'), study: 'other' });
          assert.equal(await tx.addCredential({ ...other, study: 'other' }), true);
        });
      });

      it('are found by the beginning of their hash, all that begin so', async () => {
        await store.transaction(async (tx) => {
          for (const hash of ['aa1', 'aa2', 'bb1']) {
            await tx.addCredential({ ...credential(hash, 'p1'), hashPrefix: hash.slice(0, 2) });
          }
          const found = await tx.credentialsByPrefix('ward', 'aa');
          assert.deepEqual(found.map(({ hash }) => hash).sort(), ['aa1', 'aa2']);
          assert.deepEqual(await tx.credentialsByPrefix('other', 'aa'), []);
        });
      });

      it('change one by one', async () => {
        await store.transaction(async (tx) => {
          await tx.addCredential(credential('aa', 'p1'));
          await tx.addCredential(credential('bb', 'p1'));
          await tx.changeCredential('ward', 'aa', { usedAt: LATER, replacedAt: LATER, endsAt: LATER });
          assert.deepEqual(await tx.credentials('ward', 'p1'), [
            { ...credential('aa', 'p1'), usedAt: LATER, replacedAt: LATER, endsAt: LATER },
            credential('bb', 'p1'),
          ]);
        });
      });

      it('belong to a participant who is there', async () => {
        await assert.rejects(store.transaction((tx) => tx.addCredential(credential('aa', 'nobody'))));
      });
    });

    describe('invitations', () => {
      it('have a code of their own in their study', async () => {
        await store.transaction(async (tx) => {
          assert.equal(await tx.addInvitation(invitation('i1', 'aa')), true);
          assert.equal(await tx.addInvitation(invitation('i2', 'aa')), false);
          assert.equal(await tx.addInvitation({ ...invitation('i2', 'aa'), study: 'other' }), true);
          assert.deepEqual(await tx.invitationsByPrefix('ward', 'aa'), [invitation('i1', 'aa')]);
          assert.deepEqual(await tx.invitationsByPrefix('ward', 'a'), []);
        });
      });

      it('are kept with what became of them', async () => {
        const change = { wrongChecks: 3, endedAt: AT, spentAt: LATER, spentBy: 'hash' };
        await store.transaction(async (tx) => {
          await tx.addInvitation(invitation('i1', 'aa'));
          await tx.addInvitation(invitation('i2', 'bb'));
          await tx.changeInvitation('ward', 'i1', change);
          assert.deepEqual(await tx.invitations('ward', 'p1'), [
            { ...invitation('i1', 'aa'), ...change },
            invitation('i2', 'bb'),
          ]);
          assert.deepEqual(await tx.invitations('other', 'p1'), []);
        });
      });
    });

    describe('drafts', () => {
      beforeEach(() =>
        store.transaction(async (tx) => {
          await tx.addParticipant(participant('p1'));
          await tx.addParticipant(participant('p2'));
        }),
      );

      it('are written over, and are one participant’s own', async () => {
        await store.transaction(async (tx) => {
          await tx.keepDraft(draft('p1', 'screener'));
          await tx.keepDraft({ ...draft('p2', 'screener'), body: '{"mine":true}' });
          const second = { ...draft('p1', 'screener'), body: '{"a":2}', etag: 'e2', writtenAt: LATER };
          await tx.keepDraft(second);
          assert.deepEqual(await tx.draft('ward', 'p1', 'screener'), second);
          assert.equal((await tx.draft('ward', 'p2', 'screener'))?.body, '{"mine":true}');
          assert.equal(await tx.draft('other', 'p1', 'screener'), undefined);
          assert.equal(await tx.countDrafts('ward', 'p1'), 1);
          await tx.dropDraft('ward', 'p1', 'screener');
          await tx.dropDraft('ward', 'p1', 'screener');
          assert.equal(await tx.draft('ward', 'p1', 'screener'), undefined);
          assert.equal(await tx.countDrafts('ward', 'p1'), 0);
          assert.equal(await tx.countDrafts('ward', 'p2'), 1);
        });
      });

      it('are dropped by age', async () => {
        await store.transaction(async (tx) => {
          await tx.keepDraft(draft('p1', 'old'));
          await tx.keepDraft({ ...draft('p1', 'new'), writtenAt: LATER });
          await tx.dropDraftsBefore('other', '2027-01-01T00:00:00.000Z');
          await tx.dropDraftsBefore('ward', LATER);
          assert.equal(await tx.draft('ward', 'p1', 'old'), undefined);
          assert.ok(await tx.draft('ward', 'p1', 'new'));
        });
      });
    });

    describe('flags', () => {
      it('are listed newest first, and resolved once', async () => {
        const resolution = { resolvedAt: LATER, resolvedBy: 's1', note: 'Two people.' };
        await store.transaction(async (tx) => {
          for (const id of ['f1', 'f2', 'f3']) await tx.addFlag(flag(id));
          assert.equal(await tx.resolveFlag('other', 'f2', resolution), false);
          assert.equal(await tx.resolveFlag('ward', 'f2', resolution), true);
          assert.equal(await tx.resolveFlag('ward', 'f2', { ...resolution, note: 'Again.' }), false);
          assert.equal(await tx.resolveFlag('ward', 'f9', resolution), false);
          assert.deepEqual(await tx.flags('ward', { limit: 2 }), [flag('f3'), { ...flag('f2'), ...resolution }]);
          assert.deepEqual(await tx.flags('ward', { after: 'f2', limit: 2 }), [flag('f1')]);
          assert.deepEqual(await tx.flag('ward', 'f2'), { ...flag('f2'), ...resolution });
          assert.equal(await tx.flag('other', 'f2'), undefined);
        });
      });

      it('are raised by fingerprints, which stand in their study alone', async () => {
        await store.transaction(async (tx) => {
          await tx.addScreening(screening('h1'));
          await tx.addContact(contact('c1', 'h1'));
          const print = { study: 'ward', fingerprint: 'f1', contact: 'c1', screeningIdHash: 'h1' };
          await tx.addFingerprint(print);
          await tx.addFingerprint(print);
          assert.deepEqual(await tx.fingerprints('ward', ['f0', 'f1']), [print]);
          assert.deepEqual(await tx.fingerprints('ward', []), []);
          assert.deepEqual(await tx.fingerprints('other', ['f1']), []);
        });
      });
    });

    it('says whose a screening is, once', async () => {
      await store.transaction(async (tx) => {
        await tx.addScreening(screening('h1'));
        await tx.claimScreening('ward', 'h1', 'p1');
        await tx.claimScreening('ward', 'h1', 'p2');
        assert.equal((await tx.screening('ward', ['h1']))?.participant, 'p1');
      });
    });
  });
}

function participant(id: string): ParticipantRow {
  return { study: 'ward', id, mode: 'test', site: 'north', enrolledAt: AT, screeningIdHash: null, contact: null };
}

function credential(hash: string, of: string): CredentialRow {
  return {
    study: 'ward',
    hash,
    hashPrefix: hash,
    kind: 'token',
    participant: of,
    createdAt: AT,
    usedAt: AT,
    replacedAt: null,
    endsAt: null,
  };
}

function invitation(id: string, codeHash: string): InvitationRow {
  return {
    study: 'ward',
    id,
    kind: 'first',
    mode: 'test',
    participant: 'p1',
    site: null,
    codeHash,
    hashPrefix: codeHash,
    checkHash: null,
    checkKeyId: null,
    wrongChecks: 0,
    createdAt: AT,
    expiresAt: LATER,
    endedAt: null,
    spentAt: null,
    spentBy: null,
  };
}

function draft(of: string, key: string): DraftRow {
  return { study: 'ward', participant: of, key, etag: 'e1', body: '{"a":1}', writtenAt: AT };
}

function flag(id: string): FlagRow {
  return {
    study: 'ward',
    id,
    kind: 'repeat-contact',
    mode: 'test',
    subjects: ['c1', 'c2'],
    raisedAt: AT,
    resolvedAt: null,
    resolvedBy: null,
    note: null,
  };
}

function screening(idHash: string): ScreeningRow {
  return {
    study: 'ward',
    idHash,
    id: idHash,
    mode: 'test',
    studyVersion: '1.0.0',
    judgedBy: '1.0.0',
    verdict: 'eligible',
    failed: [],
    unknown: [],
    source: null,
    link: null,
    day: '2026-03-01',
    receivedAt: AT,
    deviations: [],
    participant: null,
  };
}

function contact(id: string, screeningIdHash: string): ContactRow {
  return {
    study: 'ward',
    id,
    screening: screeningIdHash,
    screeningIdHash,
    mode: 'test',
    studyVersion: '1.0.0',
    receivedAt: AT,
    body: '{}',
    bodySha256: 'x',
    tokenHash: null,
    writeHash: null,
    returnHash: null,
    deviations: [],
    participant: null,
  };
}
