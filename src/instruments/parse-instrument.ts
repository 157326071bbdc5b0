import type * as v from 'valibot';
import { atFile, type Finding } from '../study/finding.ts';
import { issuesOf } from '../study/issues.ts';
import { fitted, LARGEST_STUDY_FILE, parseJson } from '../study/read.ts';
import { schemaFindings } from '../study/schema-problems.ts';
import { InstrumentError } from './instrument-error.ts';
import { lintInstrument } from './lint.ts';
import { type Instrument, instrumentSchema } from './schema.ts';

/** From a file's text to an instrument, or to everything that has to be mended. */

/**
 * Reads an instrument file whole: the library's, or a site's own.
 *
 * @param text the file's content
 * @param file its name or address, for the messages
 * @throws InstrumentError with every problem found, each with its path and fix
 */
export function parseInstrument(text: string, file: string): Instrument {
  const json = readJson(text, file);
  if (isObject(json) && json.ship === 'none') {
    throw badFile(file, 'holds no items.', 'Bring the definition that your licence gives you, with "ship": "site".');
  }
  if (isObject(json) && 'instrument' in json && !('subscales' in json)) {
    throw badFile(
      file,
      'holds the words of an instrument, not its rules.',
      'Hand it in beside the instrument it is for.',
    );
  }
  const instrument = readAs(instrumentSchema, json, file, INSTRUMENT);
  refuse(lintInstrument(instrument), file);
  return instrument;
}

const INSTRUMENT = 'An instrument file is one object: { "id": …, "items": […], "subscales": […], … }.';

/** @throws InstrumentError where there is anything to mend */
export function refuse(findings: readonly Finding[], file: string): void {
  if (findings.length > 0) throw new InstrumentError(atFile(findings, file));
}

/** @throws InstrumentError */
export function readJson(text: string, file: string): unknown {
  if (text.length > LARGEST_STUDY_FILE) {
    throw badFile(file, 'is larger than 1 MB.', 'No instrument is: is this the right file?');
  }
  try {
    return parseJson(text);
  } catch (cause) {
    const says = cause instanceof Error ? cause.message.replace(/\s+/g, ' ').replace(/\.?$/, '.') : String(cause);
    throw badFile(file, 'is not JSON.', `The parser stopped here: ${says}`, cause);
  }
}

/**
 * @param form what such a file is, in a sentence
 * @throws InstrumentError
 */
export function readAs<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  file: string,
  form: string,
): v.InferOutput<Schema> {
  if (!isObject(json)) throw badFile(file, 'is JSON, but not an object.', form);
  const read = fitted(schema, json);
  if (read !== undefined) return read;
  const findings = schemaFindings(issuesOf(schema, json), json);
  // The sentences are those about study files.
  const own = findings.map(({ fix, ...finding }) => ({ ...finding, fix: fix.replace('a study file', 'such a file') }));
  throw new InstrumentError(atFile(own, file));
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function badFile(file: string, message: string, fix: string, cause?: unknown): InstrumentError {
  return new InstrumentError([{ file, path: '', message, fix }], { cause });
}
