import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { textCell } from '../../src/receiver/export/cells.ts';
import { openExportFolder } from '../../src/receiver/export/export-files.ts';
import { exportStudy } from '../../src/receiver/export/export-study.ts';
import { STUDY } from '../support/consent-office.ts';
import { codeIn, readDocument, rowsOf, sectionOf } from '../support/documents.ts';
import { begin, openTrial } from '../support/trial.ts';

const document = readDocument('docs/exports.md');

describe('docs/exports.md', () => {
  test('names every file that there is, and none besides', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'steady-docs-'));
    const office = await openTrial();
    await begin(office, 'baseline');
    const options = { study: STUDY, format: 'csv', freeText: false, contacts: true, arms: true } as const;
    const manifest = await exportStudy(office, options, await openExportFolder(join(directory, 'out')));
    const files = await readdir(join(directory, 'out'));
    const columns = async (file: string) =>
      (await readFile(join(directory, 'out', file), 'utf8'))
        .replace('\uFEFF', '')
        .split('\r\n', 1)
        .flatMap((row) => row.split(','));
    const ofSessions = [...(await columns('sessions.csv')), ...(await columns('session_events.csv'))];
    await office.receiver.close();
    await rm(directory, { recursive: true });
    const said = new Set(codeIn(sectionOf(document, 'Sessions')));
    for (const name of ofSessions) if (name !== 'participant') assert.ok(said.has(name), name);
    const written = rowsOf(sectionOf(document, 'What is in it')).map(([file = '']) => codeIn(file)[0]);
    assert.deepEqual(written.toSorted(), files.toSorted());
    for (const name of Object.keys(manifest.leftOut)) assert.ok(document.includes(`\`${name}\``), name);
    assert.ok(document.includes(`\`${manifest.format}\``));
  });

  test('gives the rule for text as it is kept', () => {
    const rule = /re\.match\(r"(.+)", cell\)/.exec(document)?.[1] ?? '';
    const inverse = new RegExp(`^${rule.replace('\\Z', '$')}`);
    for (const text of ['=1', '+', '-', '@', '\t', '\r', '\n', '＝', '', "'", "'=", 'a', "'a", ' =']) {
      const cell = textCell(text);
      assert.equal(inverse.test(cell) ? cell.slice(1) : cell, text);
    }
  });
});
