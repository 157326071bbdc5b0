import * as v from 'valibot';
import type { TrustedKey } from '../consent/record.ts';
import { canonicalBytes } from '../submission/digest.ts';
import type { RecordKeys } from './consent/record-keys.ts';

/**
 * What the receiver vouches for beside consent records: JSON in its canonical form (RFC 8785), signed by the same keys, and kept
 * apart from records and from each other by the `format` that is signed with it.
 */

const signed = v.looseObject({
  format: v.string(),
  keyId: v.string(),
  signature: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/)),
});

/** The document as text: to be kept byte for byte. */
export async function signDocument(
  content: { readonly format: string } & Readonly<Record<string, unknown>>,
  { current }: Pick<RecordKeys, 'current'>,
): Promise<string> {
  const unsigned = { ...content, keyId: current.id };
  return canonical({ ...unsigned, signature: await current.signText(canonical(unsigned)) });
}

export type DocumentFault = 'not-a-document' | 'reformatted' | 'other-key' | 'bad-signature';

/** @param schema of the whole, its `format` included */
export async function readSignedDocument<Schema extends v.GenericSchema>(
  text: string,
  schema: Schema,
  keys: readonly TrustedKey[],
): Promise<{ readonly document: v.InferOutput<Schema> } | { readonly fault: DocumentFault }> {
  const json = jsonOf(text);
  if (!v.is(signed, json) || !v.is(schema, json)) return { fault: 'not-a-document' };
  // Whoever prints it again may have lost a number's digits.
  if (canonical(json) !== text.trimEnd()) return { fault: 'reformatted' };
  const { signature, ...unsigned } = json as v.InferOutput<typeof signed>;
  const key = keys.find(({ id }) => id === unsigned.keyId);
  if (key === undefined) return { fault: 'other-key' };
  if (!(await key.verify(canonical(unsigned), signature))) return { fault: 'bad-signature' };
  return { document: json };
}

function canonical(json: unknown): string {
  return new TextDecoder().decode(canonicalBytes(json));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
