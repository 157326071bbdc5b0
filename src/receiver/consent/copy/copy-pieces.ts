import type { ConsentDocument, DocumentOption, DocumentSection } from '../../../consent/document.ts';
import type { ConsentRecord } from '../../../consent/record.ts';
import type { CopyWords } from './copy-words.ts';
import { isShown } from './fonts.ts';
import { inlineRuns, markdownPieces, type Piece, type Run, textOf, type Voice, voiceIn } from './pieces.ts';
import { recordPieces, signaturePieces } from './signature-pieces.ts';
import { dayIn } from './times.ts';

/**
 * A copy of a signed consent as its reader goes through it: the whole text, what they answered and chose, whom they can ask,
 * how they leave, and how it was signed.
 *
 * @param document the record's, whole
 */
export function copyPieces(record: ConsentRecord, document: ConsentDocument, words: CopyWords): readonly Piece[] {
  const voice = voiceIn(baseOf(words.language) === baseOf(document.language) ? undefined : words.language);
  const pieces = wholeCopy(record, { document, words, voice });
  // What the fonts do not have is replaced where it stands, and said.
  const isWhole = pieces.every((piece) => isShown(textOf(piece)));
  return isWhole ? pieces : [...pieces, voice.paragraph(words.replaced, 'bold')];
}

function wholeCopy(record: ConsentRecord, context: Context): readonly Piece[] {
  const { document, words, voice } = context;
  const { whatChanged, sections, authorization } = document;
  const { checks, choices } = record.statement;
  return [
    { kind: 'heading', level: 1, text: document.title },
    voice.paragraph(words.title, 'bold'),
    ...(record.mode === 'test' ? [voice.paragraph(words.test, 'bold')] : []),
    ...aboutPieces(record, context),
    ...(whatChanged === undefined ? [] : [voice.heading(words.whatChanged), ...markdownPieces(whatChanged, 3)]),
    ...sections.flatMap(sectionPieces),
    ...checkPieces(checks, context),
    ...choicePieces(choices, context),
    ...contactPieces(context),
    voice.heading(words.leaving),
    voice.paragraph(words.howToLeave),
    ...(authorization === undefined ? [] : [voice.paragraph(words.howToRevoke)]),
    ...signaturePieces(record, words, voice),
    ...recordPieces(record, words, voice),
  ];
}

interface Context {
  readonly document: ConsentDocument;
  readonly words: CopyWords;
  readonly voice: Voice;
}

const baseOf = (language: string): string => language.toLowerCase().split('-', 1)[0] ?? '';

function aboutPieces({ studyVersion }: ConsentRecord, { document, words, voice }: Context): Piece[] {
  const { study, version, language, translation, effective, expires, irbApproval, risk } = document;
  const name = new Intl.DisplayNames([words.language], { type: 'language' }).of(language) ?? language;
  const day = (text: string): string => dayIn(words.language, text);
  return [
    voice.heading(words.about),
    voice.field(words.study, `${study} ${studyVersion}`),
    voice.field(words.version, version),
    voice.field(
      words.documentLanguage,
      translation === undefined ? name : `${name}, ${words.translation[translation]}`,
    ),
    voice.field(words.approval, irbApproval ? words.approved(irbApproval.id, day(irbApproval.day)) : words.notApproved),
    voice.field(words.effective, day(effective)),
    voice.field(words.expires, expires === undefined ? words.noExpiry : day(expires)),
    voice.field(words.riskLabel, words.risk[risk]),
  ];
}

function sectionPieces({ title, body, parts }: DocumentSection): Piece[] {
  return [
    { kind: 'heading', level: 2, text: title },
    ...(body === undefined ? [] : markdownPieces(body, 3)),
    ...parts.flatMap((part): Piece[] =>
      part.title === undefined
        ? markdownPieces(part.body, 3)
        : [{ kind: 'heading', level: 3, text: part.title }, ...markdownPieces(part.body, 4)],
    ),
  ];
}

function checkPieces(given: Readonly<Record<string, readonly string[]>>, { document, words, voice }: Context): Piece[] {
  if (document.checks.length === 0) return [];
  return [
    voice.heading(words.checks),
    ...document.checks.flatMap(({ id, question, options, explanation }): Piece[] => {
      const attempts = Object.hasOwn(given, id) ? (given[id] ?? []) : [];
      return [
        ...questionPieces(question, options),
        voice.field(words.answered(attempts.length), optionText(options, attempts.at(-1))),
        { kind: 'paragraph', runs: inlineRuns(explanation) },
      ];
    }),
  ];
}

function choicePieces(given: Readonly<Record<string, string>>, { document, words, voice }: Context): Piece[] {
  if (document.choices.length === 0) return [];
  return [
    voice.heading(words.choices),
    ...document.choices.flatMap(({ id, question, options }): Piece[] => {
      const chosen = Object.hasOwn(given, id) ? given[id] : undefined;
      return [
        ...questionPieces(question, options),
        chosen === undefined
          ? voice.paragraph(words.nothingChosen)
          : voice.field(words.chosen, optionText(options, chosen)),
      ];
    }),
  ];
}

function questionPieces(question: string, options: readonly DocumentOption[]): Piece[] {
  return [
    { kind: 'heading', level: 3, text: question },
    { kind: 'list', ordered: false, items: options.map(({ text }) => [{ text }]) },
  ];
}

function optionText(options: readonly DocumentOption[], value: string | undefined): string {
  return options.find((option) => option.value === value)?.text ?? value ?? '';
}

function contactPieces({ document, words, voice }: Context): Piece[] {
  return [
    voice.heading(words.contacts),
    ...document.contacts.map(({ role, name, phone, email }) => {
      const ways: readonly Run[] = [
        ...(phone === undefined ? [] : [{ text: phone, href: `tel:${phone.replaceAll(/[^\d+]/g, '')}` }]),
        ...(email === undefined ? [] : [{ text: email, href: `mailto:${email}` }]),
      ];
      return voice.field(words.roles[role], [{ text: name }, ...ways.flatMap((way) => [{ text: ', ' }, way])]);
    }),
  ];
}
