import * as v from 'valibot';
import { idSchema } from './schema.ts';
import { textSchema } from './text.ts';

/** The study file's `arms`: what participants are allocated to. Never part of the public study. */

const arm = v.strictObject({
  id: idSchema,
  title: textSchema,
});

export const armsSchema = v.pipe(v.array(arm), v.minLength(1));

export type Arm = v.InferOutput<typeof arm>;
