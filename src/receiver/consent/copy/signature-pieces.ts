import type { ConsentRecord } from '../../../consent/record.ts';
import type { Mark } from '../../../study/consent-answers.ts';
import type { CopyWords } from './copy-words.ts';
import type { Piece, Voice } from './pieces.ts';
import { timeIn } from './times.ts';

/** The signature block of a copy (21 CFR 11.50), and the record that it was made from. */

export function signaturePieces(
  { statement: { signature }, receivedAt }: ConsentRecord,
  words: CopyWords,
  voice: Voice,
): Piece[] {
  const { name, role, authority, meaning, mark, signedAt, timeZone, authorization, rightsReceivedAt } = signature;
  const byDevice = (instant: string): string => timeIn(words.language, instant, timeZone);
  return [
    voice.heading(words.signature),
    voice.field(words.meaning, meaning),
    voice.field(words.name, name),
    voice.field(words.role, words.roleOf[role]),
    ...(authority === undefined ? [] : [voice.field(words.authority, authority)]),
    ...markPieces(mark, name, words, voice),
    voice.field(words.received, timeIn(words.language, receivedAt)),
    voice.field(words.signed, byDevice(signedAt)),
    ...(authorization === undefined
      ? []
      : [
          voice.paragraph(words.authorization, 'bold'),
          ...markPieces(authorization.mark, name, words, voice),
          voice.field(words.signed, byDevice(authorization.signedAt)),
        ]),
    ...(rightsReceivedAt === undefined ? [] : [voice.field(words.rights, byDevice(rightsReceivedAt))]),
  ];
}

/** A typed and a drawn signature stand in the same place, with the same standing. */
function markPieces(mark: Mark, name: string, words: CopyWords, voice: Voice): Piece[] {
  if (mark.method === 'typed') return [voice.field(words.typed, [{ text: mark.text, style: 'italic' }])];
  const { width, height, strokes } = mark;
  return [voice.field(words.drawn, ''), { kind: 'drawing', alt: words.drawnBy(name), width, height, strokes }];
}

export function recordPieces(record: ConsentRecord, words: CopyWords, voice: Voice): Piece[] {
  return [
    voice.heading(words.record),
    voice.field(words.recordId, record.submission),
    voice.field(words.participant, record.participant),
    voice.field(words.identity, record.identity),
    voice.field(words.digest, record.statementDigest),
    voice.field(words.key, record.keyId),
    voice.paragraph(words.exact),
  ];
}
