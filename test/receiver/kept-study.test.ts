import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assertKnown, keptStudy } from '../../src/receiver/kept-study.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import { SteadyError } from '../../src/study/steady-error.ts';

describe('a study as it was kept', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
  });
  afterEach(() => store.close());

  const keep = (version: string, content: unknown, at: string) => {
    const row = {
      study: 'ward',
      version,
      digest: version,
      content: JSON.stringify(content),
      mode: 'live',
      firstServedAt: at,
    } as const;
    return store.transaction((tx) => tx.keepStudyFile(row));
  };
  const kept = () => store.transaction((tx) => keptStudy(tx, 'ward'));

  it('has the sites and series of the file that was kept last', async () => {
    const arms = [
      { id: 'a', series: [{ id: 'groups' }, { id: 'calls' }] },
      { id: 'b', series: [{ id: 'groups' }] },
      { id: 'c' },
    ];
    await keep('2.0.0', { sites: [{ id: 'north' }] }, '2026-03-01T00:00:00.000Z');
    await keep('1.0.0', { sites: [{ id: 'south', title: 'South' }], arms }, '2026-03-02T00:00:00.000Z');
    assert.deepEqual(await kept(), { id: 'ward', mode: 'live', sites: ['south'], series: ['groups', 'calls'] });
    await keep('3.0.0', {}, '2026-03-03T00:00:00.000Z');
    assert.deepEqual(await kept(), { id: 'ward', mode: 'live', sites: [], series: [] });
  });

  it('is named when it is not there, with those that are', async () => {
    const refusal = async () =>
      kept().then(
        () => assert.fail(),
        (error: unknown) => (error instanceof SteadyError ? `${error.code}: ${error.message}` : error),
      );
    assert.equal(
      await refusal(),
      'unknown-study: There is no study "ward" in this database. It has none yet: start steady serve with the study’s file first.',
    );
    const other = {
      study: 'home',
      version: '1.0.0',
      digest: 'd',
      content: '{}',
      mode: 'test',
      firstServedAt: 'x',
    } as const;
    await store.transaction((tx) => tx.keepStudyFile(other));
    assert.match(String(await refusal()), /It has "home"\.$/);
    await keep('1.0.0', { sites: 'none' }, '2026-03-01T00:00:00.000Z');
    assert.match(String(await refusal()), /^unreadable-study: ward 1\.0\.0/);
  });

  it('knows its sites, and names the first that is none of them', () => {
    assertKnown('site', [], [], 'ward');
    assertKnown('site', ['a', 'b'], ['b', 'a'], 'ward');
    const wrong = (known: string[]) => () => assertKnown('site', ['a', 'x'], known, 'ward');
    assert.throws(wrong(['a', 'b']), { code: 'unknown-site', message: /no site "x"\. It has "a", "b"\./ });
    assert.throws(wrong([]), { code: 'unknown-site', message: /no site "a"\. It has none: leave --site out\./ });
  });
});
