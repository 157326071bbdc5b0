/** Writes the JSON Schema of study files to dist/study.schema.json: what `$schema` in a study file points at. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { studyJsonSchema } from '../src/study/json-schema.ts';

const target = new URL('../dist/study.schema.json', import.meta.url);
mkdirSync(new URL('.', target), { recursive: true });
writeFileSync(target, `${JSON.stringify(studyJsonSchema(), null, 2)}\n`);
