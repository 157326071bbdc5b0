import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { verifyChain } from '../../../src/receiver/audit.ts';
import { createCoding } from '../../../src/receiver/export/coding.ts';
import { openExportFolder } from '../../../src/receiver/export/export-files.ts';
import { type ExportOptions, exportStudy, type Manifest } from '../../../src/receiver/export/export-study.ts';
import { addStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import { STUDY, taken, withdrawal } from '../../support/consent-office.ts';
import { answerOf, numberOf, type ReadRow, readTable, textOf } from '../../support/csv-inverse.ts';
import { HOSTILE_TEXTS, LONG_TEXT } from '../../support/hostile-texts.ts';
import { allOf, BASELINE, handedIn, type QuestionnaireOffice, sentNow } from '../../support/questionnaire-office.ts';
import { ring } from '../../support/receiver.ts';
import { begin, goOn, openTrial, type Person, type Way } from '../../support/trial.ts';

/** A study taken out, and read back by what docs/exports.md says: beside what stands in the tables. */

const WORDS = [...HOSTILE_TEXTS, '', LONG_TEXT];
const WAYS: readonly Way[] = [
  'ineligible',
  'eligible',
  'declines',
  'waits',
  'baseline',
  'withdraws-after',
  'week-12',
  'week-12',
];

describe('an export', () => {
  let directory: string;
  let office: QuestionnaireOffice;
  const people: (Person | undefined)[] = [];
  let out = 0;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-export-'));
    office = await openTrial({}, { store: await openSqliteStore(join(directory, 'data.sqlite')) });
    for (const way of WAYS) people.push(await begin(office, way));
    for (const words of WORDS) {
      const work = {
        home: 'south',
        ...(words !== '' && { words }),
        shifts: ['night', 'other', 'day'],
        'shifts-Comment': words || 'x',
      };
      people.push(await begin(office, 'baseline', { work, source: 'ana@example.org' }));
    }
    // A sitting that claims the other mode, one after leaving, and a second one of the same assessment.
    const [one, , , gone] = people.filter((person) => person !== undefined && person.way !== 'declines');
    assert(one && gone);
    await handedIn(
      office,
      gone,
      sentNow(office, { studyVersion: office.version, assessment: 'baseline', parts: [allOf('phq9', 9, 2)] }),
    );
    await handedIn(
      office,
      gone,
      sentNow(office, { studyVersion: office.version, assessment: 'baseline', mode: 'live' }),
    );
    await taken(office, one.device, withdrawal('study', { studyVersion: office.version }));
    await handedIn(office, one, sentNow(office, { studyVersion: office.version, parts: [...BASELINE] }));
    await goOn(office, people);
  });
  after(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });

  const optionsOf = (options: Partial<ExportOptions> = {}): ExportOptions => ({
    ...{ study: STUDY, format: 'csv', freeText: false, contacts: false, arms: false },
    ...options,
  });
  async function taking(options: Partial<ExportOptions> = {}): Promise<{ folder: string; manifest: Manifest }> {
    const folder = join(directory, `out-${out++}`);
    const now = () => new Date(office.clock.now);
    const manifest = await exportStudy({ ...office, now }, optionsOf(options), await openExportFolder(folder));
    return { folder, manifest };
  }
  const read = async (folder: string, file: string) => readTable(await readFile(join(folder, file)));
  const everything = async (folder: string) =>
    (await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
  const query = (sql: string): Readonly<Record<string, unknown>>[] => {
    const database = new DatabaseSync(join(directory, 'data.sqlite'), { readOnly: true });
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  };
  /** Whose code is whose, by the contacts: the only table that says it. */
  async function idsByCode(): Promise<ReadonlyMap<string, string>> {
    const { folder } = await taking({ contacts: true });
    return new Map(
      (await read(folder, 'contacts.csv')).map((row) => [row.participant ?? '', row.participant_id ?? '']),
    );
  }
  const bySitting = (rows: readonly ReadRow[]) =>
    Map.groupBy(rows, ({ participant, sitting }) => `${participant} ${sitting}`);

  it('read back by its documentation is what stands in the tables: every answer, every score', async () => {
    const { folder } = await taking({ freeText: true });
    const ids = await idsByCode();
    const answers = bySitting(await read(folder, 'answers.csv'));
    const sittings = await read(folder, 'sittings.csv');
    const scores = bySitting(await read(folder, 'scores.csv'));
    const sites = new Map<string, string>();
    let compared = 0;
    for (const [code, id] of ids) {
      const kept = query(`select q.submission, s.body from questionnaires q join submissions s on s.id = q.submission
        where q.participant = '${id}' and q.counted is not null and q.deviations not like '%"mode"%' order by q.seq`);
      const theirs = sittings.filter(({ participant, sitting }) => participant === code && sitting !== '0');
      assert.equal(theirs.length, kept.length);
      for (const [index, { submission, body }] of kept.entries()) {
        const given = JSON.parse(String(body));
        const place = `${code} ${theirs[index]?.sitting}`;
        const back: Record<string, Record<string, unknown>> = {};
        for (const row of answers.get(place) ?? []) {
          const part = textOf(row.part ?? '');
          back[part] ??= {};
          back[part][textOf(row.item ?? '')] = answerOf(row);
        }
        for (const { instrument, form, answers: wanted } of given.parts) {
          // Sites leave by their code alone: the same code for the same site.
          const { home, ...others } = wanted;
          const { home: site, ...found } = back[instrument ?? form] ?? {};
          assert.deepEqual(found, others);
          if (home === undefined) continue;
          assert.match(String(site), /^site-[0-9a-f]{8}$/);
          assert.equal(sites.get(home) ?? site, site);
          sites.set(home, String(site));
          compared += 1;
        }
        const stand = query(`select * from scores where submission = '${submission}'`);
        const scored = (scores.get(place) ?? []).map((row) => [
          row.instrument,
          row.subscale,
          row.rule,
          numberOf(row.score),
        ]);
        assert.deepEqual(
          scored.toSorted(),
          stand
            .map((row) => [
              row.instrument,
              row.subscale,
              row.rule,
              row.score === null ? null : JSON.parse(String(row.score)),
            ])
            .toSorted(),
        );
        assert.ok(scored.length > 0);
      }
    }
    assert.ok(compared > 10);
    assert.equal(new Set(sites.values()).size, 2);
  });

  it('has one row for each participant in the wide table, of the sitting that counts', async () => {
    const { folder, manifest } = await taking({ freeText: true });
    const wide = await read(folder, 'participants.csv');
    assert.equal(wide.length, manifest.participants);
    const [header] = (await readFile(join(folder, 'participants.csv'), 'utf8')).split('\r\n');
    assert.ok(header?.includes('baseline.phq9.q1') && header.includes('baseline.phq9.score.total'));
    const long = await read(folder, 'answers.csv');
    const counting = new Set(
      (await read(folder, 'sittings.csv')).flatMap((row) =>
        row.counts === '1' ? [`${row.participant} ${row.sitting}`] : [],
      ),
    );
    let compared = 0;
    for (const row of wide) {
      for (const { participant, sitting, occasion, part, item, value, type } of long) {
        if (participant !== row.participant || !counting.has(`${participant} ${sitting}`)) continue;
        const column = `${occasion === part ? occasion : `${occasion}.${part}`}.${textOf(item ?? '')}`;
        if (type !== 'list') assert.equal(row[column], value, column);
        else {
          for (const choice of ['day', 'night', 'other']) {
            assert.equal(row[`${column}[${choice}]`], String(Number(JSON.parse(value ?? '').includes(choice))));
          }
        }
        compared += 1;
      }
    }
    assert.ok(compared > 100);
    const columns = new Set(Object.keys(wide[0] ?? {}));
    const described = new Set((await read(folder, 'codebook.csv')).map((row) => textOf(row.column ?? '')));
    for (const column of columns)
      assert.ok(described.has(column.replace(/\[(day|night|other|none)\]$/, '')) || described.has(column), column);
  });

  it('is coded: no id, no day, no site, no words, no arm, no contact', async () => {
    const { folder, manifest } = await taking();
    const text = await everything(folder);
    for (const { id } of people.flatMap((person) => person ?? [])) assert.ok(!text.includes(id));
    const { files: _, at: __, ...head } = manifest;
    const rows = text.replaceAll(JSON.stringify(manifest, null, 2), '');
    assert.doesNotMatch(rows, /2026-0[3-9]|2020-01-01/, 'a day');
    assert.doesNotMatch(rows, /groups-arm|calls-arm|@example\.org|ana@|cmd\|/);
    for (const row of await read(folder, 'answers.csv')) assert.notEqual(row.value, 'north');
    assert.ok(manifest.leftOut.values > 10);
    assert.deepEqual([head.freeText, head.contacts, head.arms], [false, false, false]);
    const [one] = await read(folder, 'answers.csv').then((all) => all.filter(({ item }) => item === 'since'));
    assert.equal(Number(one?.value), (Date.parse('2020-01-01') - Date.parse('2026-03-09')) / 86_400_000);
    assert.equal(one?.type, 'number');
  });

  it('leaves out who never signed, what is kept apart and what claims the other mode, and says how many', async () => {
    const { folder, manifest } = await taking();
    const { withoutConsent, keptApart, otherMode } = manifest.leftOut;
    assert.equal(withoutConsent, 1, 'who declined');
    const apart = query(
      `select count(*) as n from questionnaires where counted is null or deviations like '%"mode"%'`,
    )[0]?.n;
    assert.ok(Number(apart) >= 2);
    assert.equal(keptApart, apart);
    assert.equal(otherMode, 0);
    const screenings = await read(folder, 'screenings.csv');
    assert.equal(screenings.length, query('select * from screenings').length);
    assert.ok(
      screenings.some(
        ({ verdict, participant, failed }) => verdict === 'ineligible' && participant === '' && failed === '["adult"]',
      ),
    );
    assert.ok(
      screenings.every(({ source }) => source === ''),
      'nobody has verified them',
    );
    const sittings = await read(folder, 'sittings.csv');
    const twice = sittings.filter(({ occasion, counts }) => occasion === 'baseline' && counts === '0');
    assert.equal(twice.length, 1, 'the second baseline is there and does not count');
  });

  it('has where somebody came from by a link: source, channel, and the site by its code', async () => {
    const { token } = await addStaff(
      { ...office, now: () => new Date(office.clock.now) },
      { study: STUDY, name: 'r', role: 'recruiter', sites: [], series: [], days: 9 },
    );
    const usual = { channel: 'poster', language: 'es' };
    for (const more of [{ site: 'north' }, { site: 'north', source: 'Spring, «=north»' }, {}]) {
      const made = await office.ask(`/studies/${STUDY}/links`, {
        method: 'POST',
        body: JSON.stringify({ ...usual, ...more }),
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      });
      await begin(office, 'eligible', { source: JSON.parse(made.body).code });
    }
    await begin(office, 'eligible', { source: 'north-poster' });
    for (const freeText of [false, true]) {
      const { folder } = await taking({ freeText });
      const north = createCoding(office.keys, STUDY).site('north');
      const verified = (await read(folder, 'screenings.csv')).filter((row) => row.verified === '1');
      assert.deepEqual(
        verified.map((row) => [row.source, row.channel, row.link_site]).toSorted(),
        [
          [`${north}-poster`, 'poster', north],
          ['Spring, «=north»', 'poster', north],
          ['poster', 'poster', ''],
        ].toSorted(),
      );
    }
    const { folder } = await taking();
    assert.doesNotMatch(await readFile(join(folder, 'screenings.csv'), 'utf8'), /north-poster/);
  });

  it('has arms and contacts where somebody has the right, by whom stands in the audit', async () => {
    const { folder } = await taking({ arms: true, contacts: true, by: { id: 'the-coordinator' } });
    const ids = await idsByCode();
    for (const row of await read(folder, 'participants.csv')) {
      const id = ids.get(row.participant ?? '');
      const arm = query(`select arm from allocations where participant = '${id}'`)[0]?.arm ?? '';
      assert.deepEqual([row.arm, row.drawn], [arm, arm]);
    }
    const [contact] = await read(folder, 'contacts.csv');
    assert.match(contact?.['contact.email'] ?? '', /@example\.org$/);
    await office.store.transaction(async (tx) => {
      const rows = await tx.auditRows(STUDY, 'study');
      const exports = rows.filter(({ event }) => event === 'data-exported');
      assert.ok(exports.some(({ subjects }) => subjects.join() === 'csv,contacts,arms,the-coordinator'));
      const head = (await tx.auditHeads(STUDY)).find(({ chain }) => chain === 'study');
      assert(head);
      assert.deepEqual(verifyChain(rows, head, ring(1)), []);
    });
  });

  it('is of one moment, whoever hands in meanwhile', async () => {
    const count = () => Number(query('select count(*) as n from screenings')[0]?.n);
    const before = count();
    let meanwhile: Promise<unknown> | undefined;
    const onProgress = () => {
      meanwhile ??= begin(office, 'baseline');
    };
    const { manifest, folder } = await taking({ onProgress });
    await meanwhile;
    assert.equal(count(), before + 1, 'somebody has come');
    assert.equal((await read(folder, 'screenings.csv')).length, before);
    assert.equal(manifest.files.find(({ file }) => file === 'screenings.csv')?.rows, before);
  });

  it('says the same as lines of JSON', async () => {
    const { folder: lines } = await taking({ format: 'jsonl', freeText: true });
    const { folder: tables } = await taking({ format: 'csv', freeText: true });
    const persons = (await readFile(join(lines, 'participants.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const answers = persons.flatMap(({ participant, answers: all }) =>
      all.map(({ sitting, part, item, value }: Record<string, unknown>) => [
        participant,
        String(sitting),
        part,
        item,
        value,
      ]),
    );
    const cells = (await read(tables, 'answers.csv')).map((row) => [
      row.participant,
      row.sitting,
      textOf(row.part ?? ''),
      textOf(row.item ?? ''),
      answerOf(row),
    ]);
    assert.deepEqual(answers, cells);
    const screenings = (await readFile(join(lines, 'screenings.jsonl'), 'utf8')).trimEnd().split('\n');
    assert.equal(screenings.length, (await read(tables, 'screenings.csv')).length);
  });

  it('has files for its owner alone, with their digests, and codes that stay from export to export', async () => {
    const [one, two] = [await taking(), await taking()];
    for (const { file, sha256, bytes, rows } of one.manifest.files) {
      const content = await readFile(join(one.folder, file));
      assert.deepEqual([createHash('sha256').update(content).digest('hex'), content.length], [sha256, bytes]);
      if (file.endsWith('.csv')) assert.equal((await read(one.folder, file)).length, rows, file);
      if (process.platform !== 'win32') assert.equal((await stat(join(one.folder, file))).mode & 0o077, 0);
    }
    assert.deepEqual(one.manifest.files, two.manifest.files);
  });

  it('is not written over what is there, and leaves nothing half', async () => {
    const folder = join(directory, 'taken');
    await mkdir(folder);
    await writeFile(join(folder, 'mine.txt'), 'mine');
    await assert.rejects(openExportFolder(folder), /taken is not empty/);
    const failing = join(directory, 'failing');
    const boom = new RangeError('full');
    const stopped = exportStudy(
      office,
      optionsOf({
        onProgress() {
          throw boom;
        },
      }),
      await openExportFolder(failing),
    );
    await assert.rejects(stopped, (error) => error === boom);
    assert.deepEqual(
      (await readdir(directory)).filter((name) => name.startsWith('failing')),
      [],
    );
  });
});
