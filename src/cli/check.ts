import { FormError } from '../form/form-error.ts';
import { openForm } from '../form/open-form.ts';
import { checkInstruments } from '../instruments/check-study.ts';
import { parseStudy } from '../study/parse-study.ts';
import { pathText } from '../study/path.ts';
import { publicPart } from '../study/public-part.ts';
import { LARGEST_STUDY_FILE } from '../study/read.ts';
import type { Study } from '../study/schema.ts';
import { describeProblem, StudyError } from '../study/study-error.ts';
import { formsIn } from '../study/study-forms.ts';
import { type Io, UsageError } from './io.ts';
import { parseOptions } from './parse-options.ts';
import { FileError, readTextFile } from './read-text.ts';

/** `steady check`: whether study files can be served, and if not, what to mend. */

const USAGE = `Usage: steady check FILE...
       steady check --public FILE

Reads each study file whole, opens its forms in every language, and names what has to be mended.

  --public   when the file is good, prints the part of it that anyone may read
`;

const OPTIONS = { public: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } } as const;

/** @returns 0 where every file is good, else 1 */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals: files } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [first, ...others] = files;
  if (first === undefined) throw new UsageError('Name a study file.');
  if (values.public) {
    if (others.length > 0) throw new UsageError('--public takes one file.');
    return printPublic(first, io);
  }
  let bad = 0;
  for (const file of files) {
    const checked = await check(file);
    if ('faults' in checked) {
      bad += 1;
      io.stderr.write(checked.faults);
    } else {
      const { id, version, languages } = checked.study;
      io.stdout.write(`${file}: ok (${id} ${version}, ${languages.join(', ')})\n`);
    }
  }
  return bad === 0 ? 0 : 1;
}

async function printPublic(file: string, io: Io): Promise<number> {
  const checked = await check(file);
  if ('faults' in checked) {
    io.stderr.write(checked.faults);
    return 1;
  }
  const json: Readonly<Record<string, unknown>> = JSON.parse(checked.text);
  io.stdout.write(`${JSON.stringify(publicPart(json), null, 2)}\n`);
  return 0;
}

type Checked = { readonly study: Study; readonly text: string } | { readonly faults: string };

async function check(file: string): Promise<Checked> {
  try {
    const text = await readTextFile(file, LARGEST_STUDY_FILE);
    const study = parseStudy(text, file);
    await checkInstruments(study, file);
    const faults = await openForms(study, file);
    return faults.length > 0 ? { faults: faults.join('') } : { study, text };
  } catch (error) {
    if (error instanceof StudyError)
      return { faults: error.problems.map((one) => `${describeProblem(one)}\n`).join('') };
    if (error instanceof FileError) return { faults: `${error.message}\n` };
    throw error;
  }
}

/** What keeps the study's forms from being opened, once per form. */
async function openForms(study: Study, file: string): Promise<readonly string[]> {
  const { languages } = study;
  const faults = new Set<string>();
  for (const { form, path } of formsIn(study)) {
    const place = pathText(path);
    for (const language of languages) {
      try {
        await openForm(form, { language, languages });
      } catch (error) {
        if (!(error instanceof FormError)) throw error;
        // The message starts with the path inside the form, where there is one.
        faults.add(`${file}: ${place}${error.path === '' ? ': ' : '.'}${error.message}\n`);
      }
    }
  }
  return [...faults];
}
