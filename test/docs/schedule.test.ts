import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AssessmentState } from '../../src/schedule/assessments.ts';
import type { Refusal, SessionState } from '../../src/schedule/session-record.ts';
import { ATTENDANCE_DEFAULTS } from '../../src/study/arms-part.ts';
import { sessionEventSchema } from '../../src/study/session-events.ts';
import { codeIn, namesIn, readDocument, rowsOf, sectionOf } from '../support/documents.ts';

/** What docs/schedule.md lists, held against the code. The compiler sees to it that these lists have every name. */

const document = readDocument('docs/schedule.md');
const sorted = (names: Iterable<string>): string[] => [...names].sort();

const ASSESSMENT_STATES: Readonly<Record<AssessmentState, true>> = {
  'not-known': true,
  upcoming: true,
  open: true,
  due: true,
  done: true,
  missed: true,
  'before-joining': true,
};

const SESSION_STATES: Readonly<Record<SessionState, true>> = {
  scheduled: true,
  attended: true,
  partial: true,
  missed: true,
  'made-up': true,
  rescheduled: true,
  'cancelled-by-staff': true,
  'not-completed': true,
};

const REFUSALS: Readonly<Record<Refusal, true>> = {
  'unknown-session': true,
  'unknown-series': true,
  'unknown-event': true,
  future: true,
  twice: true,
  retracted: true,
  overruled: true,
  'facilitator-only': true,
  'needs-reason': true,
  'already-held': true,
  'not-begun': true,
  'nothing-missed': true,
  'no-recording': true,
  'no-homework': true,
  'no-review': true,
  'before-joining': true,
  'after-leaving': true,
  'after-end': true,
};

describe('docs/schedule.md', () => {
  test('names every state of assessments and sessions', () => {
    assert.deepEqual(sorted(namesIn(sectionOf(document, 'Assessments'))), sorted(Object.keys(ASSESSMENT_STATES)));
    assert.deepEqual(sorted(namesIn(sectionOf(document, 'Sessions'))), sorted(Object.keys(SESSION_STATES)));
  });

  const events = sectionOf(document, 'Events');

  test('names every event with what it has besides', () => {
    const documented = rowsOf(events).map(([name = '', besides = '']) => [codeIn(name)[0], sorted(codeIn(besides))]);
    const shared = ['event', 'at', 'by', 'id', 'reason', 'override'];
    const known = sessionEventSchema.options.map(({ entries }) => [
      entries.event.literal,
      sorted(Object.keys(entries).filter((name) => !shared.includes(name))),
    ]);
    assert.deepEqual(documented, known);
  });

  test('names every reason for which an event changes nothing', () => {
    const [, why = ''] = events.split(/\n\n(?=\|)/).slice(1);
    assert.deepEqual(sorted(rowsOf(why).flatMap(([names = '']) => codeIn(names))), sorted(Object.keys(REFUSALS)));
  });

  test('has the twenty defaults, each with what says otherwise', () => {
    const rows = rowsOf(sectionOf(document, 'Defaults'));
    assert.deepEqual(
      rows.map(([number]) => number),
      Array.from({ length: 20 }, (_, index) => String(index + 1)),
    );
    const studyFile = readDocument('docs/study-file.md');
    const properties = ['Assessments', '`series`', '`homework`', '`missed`', '`attendance`'].flatMap((heading) =>
      namesIn(sectionOf(studyFile, heading)),
    );
    for (const [number, , , said = ''] of rows) {
      if (said === 'fixed') continue;
      assert.ok(codeIn(said).length > 0, number);
      for (const name of codeIn(said)) assert.ok(properties.includes(name), `${number}: ${name}`);
    }
  });
});

describe('the attendance rules in docs/study-file.md', () => {
  test('begin with what counts where a study says nothing', () => {
    const rows = rowsOf(sectionOf(readDocument('docs/study-file.md'), '`attendance`'));
    const documented = rows.map(([name = '', , what = '']) => [codeIn(name)[0], codeIn(what)[0]]);
    const defaults = Object.entries(ATTENDANCE_DEFAULTS).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value).replace(',', ', '),
    ]);
    assert.deepEqual(sorted(documented.map(String)), sorted(defaults.map(String)));
  });
});
