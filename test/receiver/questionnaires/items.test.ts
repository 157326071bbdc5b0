import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadInstrument } from '../../../src/instruments/library.ts';
import { parseInstrument } from '../../../src/instruments/parse-instrument.ts';
import { createLogger } from '../../../src/receiver/log.ts';
import type { ItemFile } from '../../../src/receiver/questionnaires/item-files.ts';
import { ServeError } from '../../../src/receiver/serve-error.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import { SteadyError } from '../../../src/study/steady-error.ts';
import { STUDY } from '../../support/consent-office.ts';
import { as } from '../../support/participants.ts';
import {
  calmFile,
  exampleWithQuestionnaires,
  handedIn,
  openQuestionnaireOffice,
  questionnaire,
  reopened,
} from '../../support/questionnaire-office.ts';
import { openOffice } from '../../support/receiver.ts';
import { type Changes, type Json, REMOVED } from '../../support/studies.ts';

/** The words of an instrument that the site brings, and what becomes of them. */

const olbi = await loadInstrument('olbi');

/** What a site with a permission would write for a structure of the library. */
const olbiWords = (changes: object = {}): ItemFile => ({
  file: 'olbi.words.json',
  text: JSON.stringify({
    ...{ instrument: 'olbi', instrumentVersion: olbi.version, version: '1.0.0', languages: ['en'] },
    licence: 'Permission of the authors to the Calm Ward study, 2026-03-01',
    items: Object.fromEntries(olbi.items.map(({ id }) => [id, { en: `Words of ${id}` }])),
    options: { agreement: { '1': { en: 'Strongly agree' }, '4': { en: 'Strongly disagree' } } },
    ...changes,
  }),
});

/** The baseline asks the site's own instrument, and one that anybody may answer asks it too, or a structure. */
const asking = (...entries: Json[]): Changes => ({ 'assessments[3].instruments': entries });

describe('GET /studies/{study}/instruments/{id}', () => {
  const path = (id: string) => `/studies/${STUDY}/instruments/${id}`;

  it('gives participants the instrument whole, as an instrument file, by token or write key, and no cache keeps it', async () => {
    const office = await openQuestionnaireOffice();
    const { device } = await office.join();
    for (const secret of [device.token, device.writeKey]) {
      const answer = await as(office, secret, path('calm'));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.deepEqual(JSON.parse(answer.body), parseInstrument(calmFile().text, 'calm'));
    }
    const nobody = await office.ask(path('calm'));
    assert.deepEqual([nobody.status, nobody.problem()], [401, 'not-signed-in']);
    await office.receiver.close();
  });

  it('gives a structure with the site’s words, and by whose permission; to anybody where anybody may answer it', async () => {
    const office = await openQuestionnaireOffice(asking('brs', { id: 'olbi', items: 'site' }), {
      items: { [STUDY]: [calmFile(), olbiWords()] },
    });
    const answer = await office.ask(path('olbi'));
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const given = JSON.parse(answer.body);
    assert.equal(given.items[0].text.en, 'Words of q1');
    assert.match(given.siteText.licence, /^Permission of the authors/);
    await office.receiver.close();
  });

  it('has nothing of what comes with the kit, of what the study does not ask, and of what nobody has brought', async () => {
    const office = await openQuestionnaireOffice({}, { items: {} });
    const { device } = await office.join();
    for (const id of ['phq9', 'cbi', 'calm', 'none', 'constructor']) {
      const answer = await as(office, device.token, path(id));
      assert.deepEqual([answer.status, answer.problem()], [404, 'unknown-instrument'], id);
    }
    await office.receiver.close();
  });

  it('is not in the public study, nor in the log, nor on disk', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'steady-items-'));
    const data = join(directory, 'data.sqlite');
    let log = '';
    const office = await openQuestionnaireOffice(
      {},
      {
        store: await openSqliteStore(data),
        logger: createLogger({
          write(line: string) {
            log += line;
          },
        }),
      },
    );
    const person = await office.join();
    await as(office, person.device.token, path('calm'));
    await handedIn(office, person, questionnaire());
    const { body } = await office.ask(`/studies/${STUDY}`);
    await office.receiver.close();
    const disk = (await readFile(data)).toString('utf8');
    for (const words of ['I was restless', 'Tuve calma', 'Sometimes', 'In the last week', 'Choose one.']) {
      for (const place of [body, log, disk]) assert.ok(!place.includes(words), words);
    }
    assert.ok(disk.includes('"reverse":true'), 'the rules are');
    await rm(directory, { recursive: true });
  });
});

describe('a receiver that is given the files of a site', () => {
  const refusals: readonly (readonly [name: string, changes: Changes, files: readonly ItemFile[], says: RegExp])[] = [
    ['without a licence', {}, [calmFile({ licence: undefined })], /calm\.instrument\.json: licence: is missing/],
    [
      'with an empty licence',
      asking({ id: 'olbi', items: 'site' }),
      [calmFile(), olbiWords({ licence: ' ' })],
      /olbi\.words\.json: licence/,
    ],
    [
      'of an instrument that is not asked',
      {},
      [calmFile(), olbiWords()],
      /olbi\.words\.json: is of "olbi", but "calm-ward" asks "calm" with/,
    ],
    [
      'of one instrument twice',
      {},
      [calmFile(), { ...calmFile(), file: 'again.json' }],
      /again\.json: is of "calm", of which there is another file/,
    ],
    [
      'that says it is the kit’s',
      {},
      [calmFile({ ship: 'text' })],
      /calm\.instrument\.json: ship: is "text"\. Write "site"/,
    ],
    [
      'of the whole of one that the library has',
      {},
      [calmFile({ id: 'olbi' })],
      /id: is "olbi", which the library has\. Bring its words alone/,
    ],
    [
      'of words for nothing',
      {},
      [olbiWords({ instrument: 'calm' })],
      /instrument: is "calm", of which the library has no structure/,
    ],
    ['that is no JSON', {}, [{ file: 'calm.json', text: 'calm' }], /calm\.json: is not JSON/],
    [
      'of a rule of the kit’s that is not its',
      { 'assessments[0].instruments[2]': { id: 'calm', items: 'site', kitRules: true } },
      [calmFile()],
      /assessments\[0\]\.instruments\[2\]\.kitRules: is about a rule of the kit's/,
    ],
    [
      'that can speak of danger where nobody answers',
      { 'assessments[0].instruments[0]': 'phq8', 'assessments[0].safety': REMOVED },
      [calmFile({ safety: [{ item: 'c', answers: [0], why: 'No sleep.', needsContact: true }] })],
      /is "calm", whose item c can speak of danger, and nothing says who answers/,
    ],
  ];
  for (const [name, changes, files, says] of refusals) {
    it(`does not start with one ${name}`, async () => {
      await assert.rejects(openQuestionnaireOffice(changes, { items: { [STUDY]: files } }), (error) => {
        assert.ok(error instanceof SteadyError, String(error));
        assert.match(error.message, says);
        return true;
      });
    });
  }

  it('does not start with files for a study that it does not serve', async () => {
    await assert.rejects(openOffice({ items: { warden: [calmFile()] } }), /There is no study "warden"/);
  });

  it('starts without one in test mode, and says so; in live mode it does not', async () => {
    let log = '';
    const logger = createLogger({
      write(line: string) {
        log += line;
      },
    });
    const office = await openQuestionnaireOffice({}, { items: {}, logger });
    await office.receiver.close();
    assert.match(log, /"instruments":\["calm"\],"msg":"instruments that nobody has brought"/);
    const live = { items: {}, mode: 'live' } as const;
    await assert.rejects(
      openQuestionnaireOffice({}, live),
      (error) => error instanceof ServeError && error.code === 'items-missing' && /"calm"/.test(error.message),
    );
  });

  it('does not start with a version that was served with other rules; other words are fine', async () => {
    const office = await openQuestionnaireOffice();
    const items = (file: ItemFile) => ({ items: { [STUDY]: [file] } });
    const reworded = calmFile({ instructions: { en: 'Pick one.', es: 'Escoja una.' }, notes: 'Reworded.' });
    const later = await reopened(office, exampleWithQuestionnaires(), items(reworded));
    const missing = { rule: 'Another.', basis: 'kit' };
    await assert.rejects(
      reopened(later, exampleWithQuestionnaires(), items(calmFile({ missing }))),
      (error) => error instanceof ServeError && error.code === 'instrument-reused' && /1\.2\.0/.test(error.message),
    );
    const events = await later.store.transaction((tx) => tx.auditRows(STUDY, 'study'));
    const kept = events.filter(({ event }) => event === 'instrument-kept').map(({ subjects }) => subjects[0]);
    assert.deepEqual(kept.sort(), ['brs', 'calm', 'gad7', 'phq8', 'phq9', 'single_item_burnout']);
    await later.receiver.close();
  });
});
