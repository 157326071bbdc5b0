import { chooseLanguage } from '../../../study/text.ts';

/** What a copy says beside the words of its document, by language. A language that has none here gets English around its own. */

export interface CopyWords {
  /** Of these words, a BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  /** Across the page. */
  readonly watermark: string;
  readonly test: string;
  readonly about: string;
  readonly study: string;
  readonly version: string;
  readonly documentLanguage: string;
  readonly effective: string;
  readonly expires: string;
  readonly noExpiry: string;
  readonly approval: string;
  readonly approved: (id: string, day: string) => string;
  readonly notApproved: string;
  readonly translation: Readonly<Record<'draft' | 'certified', string>>;
  readonly riskLabel: string;
  readonly risk: Readonly<Record<'minimal' | 'more-than-minimal', string>>;
  readonly whatChanged: string;
  readonly checks: string;
  readonly answered: (attempts: number) => string;
  readonly choices: string;
  readonly chosen: string;
  readonly nothingChosen: string;
  readonly contacts: string;
  readonly roles: Readonly<Record<'research' | 'rights' | 'injury', string>>;
  readonly leaving: string;
  readonly howToLeave: string;
  readonly howToRevoke: string;
  readonly signature: string;
  readonly meaning: string;
  readonly name: string;
  readonly role: string;
  readonly roleOf: Readonly<Record<'participant' | 'representative', string>>;
  readonly authority: string;
  readonly typed: string;
  readonly drawn: string;
  /** What stands for a drawing where it cannot be seen. */
  readonly drawnBy: (name: string) => string;
  readonly received: string;
  readonly signed: string;
  readonly authorization: string;
  readonly rights: string;
  readonly record: string;
  readonly recordId: string;
  readonly participant: string;
  readonly identity: string;
  readonly digest: string;
  readonly key: string;
  readonly exact: string;
  /** Where a letter could not be set. */
  readonly replaced: string;
  readonly page: (page: number, of: number) => string;
}

const WORDS: Readonly<Record<string, CopyWords>> = {
  en: {
    language: 'en',
    title: 'Copy of a signed consent',
    watermark: 'TEST MODE · NOT A CONSENT',
    test: 'Test mode: this is nobody’s consent.',
    about: 'This document',
    study: 'Study file',
    version: 'Consent version',
    documentLanguage: 'Language',
    effective: 'In force from',
    expires: 'Not signed any more from',
    noExpiry: 'no day is set',
    approval: 'Review board',
    approved: (id, day) => `approved as ${id} on ${day}`,
    notApproved: 'no review board has approved this version',
    translation: { draft: 'a translation that is a draft', certified: 'a certified translation' },
    riskLabel: 'Risk',
    risk: { minimal: 'minimal', 'more-than-minimal': 'more than minimal' },
    whatChanged: 'What had changed from the version before',
    checks: 'What you were asked about this document',
    answered: (attempts) => (attempts === 1 ? 'Your answer' : `Your answer, at attempt ${attempts}`),
    choices: 'What you chose',
    chosen: 'Your choice',
    nothingChosen: 'You did not choose.',
    contacts: 'Whom you can ask',
    roles: { research: 'About the study', rights: 'About your rights', injury: 'If taking part has harmed you' },
    leaving: 'How to stop taking part',
    howToLeave:
      'You may stop at any time, without giving a reason. Do it on the page where you signed, or tell the people named above. You will get a receipt.',
    howToRevoke:
      'You may take back the authorization to use health information in the same way, without leaving the study by it.',
    signature: 'Signature',
    meaning: 'What this signature means',
    name: 'Printed name',
    role: 'Signed as',
    roleOf: { participant: 'the participant', representative: 'a representative of the participant' },
    authority: 'By the authority of',
    typed: 'Signature, typed',
    drawn: 'Signature, drawn',
    drawnBy: (name) => `The signature that ${name} drew by hand.`,
    received: 'Received, by the study’s clock, which counts',
    signed: 'Signed, by the clock of the signer’s device',
    authorization: 'Signature under the authorization to use health information',
    rights: 'Receipt of the list of rights confirmed, by the clock of the signer’s device',
    record: 'The record behind this copy',
    recordId: 'Record',
    participant: 'Participant',
    identity: 'The signer was known by',
    digest: 'SHA-256 of what was signed',
    key: 'Signed by the key',
    exact:
      'This copy was made from a record that a computer can verify. The record has every character exactly as it was signed; you can get it where you got this copy.',
    replaced: 'Some characters cannot be shown here. “\uFFFD” stands in their place. The record has the exact text.',
    page: (page, of) => `page ${page} of ${of}`,
  },
  es: {
    language: 'es',
    title: 'Copia de un consentimiento firmado',
    watermark: 'MODO DE PRUEBA · NO ES UN CONSENTIMIENTO',
    test: 'Modo de prueba: este no es el consentimiento de nadie.',
    about: 'Este documento',
    study: 'Archivo del estudio',
    version: 'Versión del consentimiento',
    documentLanguage: 'Idioma',
    effective: 'En vigor desde',
    expires: 'Ya no se firma desde',
    noExpiry: 'no hay un día fijado',
    approval: 'Comité de ética',
    approved: (id, day) => `aprobado como ${id} el ${day}`,
    notApproved: 'ningún comité de ética ha aprobado esta versión',
    translation: { draft: 'una traducción que es un borrador', certified: 'una traducción certificada' },
    riskLabel: 'Riesgo',
    risk: { minimal: 'mínimo', 'more-than-minimal': 'mayor que el mínimo' },
    whatChanged: 'Qué había cambiado desde la versión anterior',
    checks: 'Lo que se le preguntó sobre este documento',
    answered: (attempts) => (attempts === 1 ? 'Su respuesta' : `Su respuesta, en el intento ${attempts}`),
    choices: 'Lo que eligió',
    chosen: 'Su elección',
    nothingChosen: 'No eligió nada.',
    contacts: 'A quién puede preguntar',
    roles: {
      research: 'Sobre el estudio',
      rights: 'Sobre sus derechos',
      injury: 'Si participar le ha causado un daño',
    },
    leaving: 'Cómo dejar de participar',
    howToLeave:
      'Puede dejarlo en cualquier momento, sin dar una razón. Hágalo en la página donde firmó, o dígaselo a las personas nombradas arriba. Recibirá un comprobante.',
    howToRevoke:
      'De la misma manera puede retirar la autorización para usar información de salud, sin dejar por ello el estudio.',
    signature: 'Firma',
    meaning: 'Qué significa esta firma',
    name: 'Nombre en letra de imprenta',
    role: 'Firma como',
    roleOf: { participant: 'participante', representative: 'representante de la persona que participa' },
    authority: 'En virtud de',
    typed: 'Firma, escrita con el teclado',
    drawn: 'Firma, dibujada',
    drawnBy: (name) => `La firma que ${name} dibujó a mano.`,
    received: 'Recibida, según el reloj del estudio, que es el que cuenta',
    signed: 'Firmada, según el reloj del dispositivo de quien firma',
    authorization: 'Firma bajo la autorización para usar información de salud',
    rights: 'Recepción de la lista de derechos confirmada, según el reloj del dispositivo de quien firma',
    record: 'El registro del que procede esta copia',
    recordId: 'Registro',
    participant: 'Participante',
    identity: 'Se conocía a quien firmó por',
    digest: 'SHA-256 de lo firmado',
    key: 'Firmado con la clave',
    exact:
      'Esta copia se hizo a partir de un registro que una computadora puede verificar. El registro tiene cada carácter exactamente como se firmó; puede obtenerlo donde obtuvo esta copia.',
    replaced:
      'Algunos caracteres no se pueden mostrar aquí. «\uFFFD» está en su lugar. El registro tiene el texto exacto.',
    page: (page, of) => `página ${page} de ${of}`,
  },
};

/** The words that serve a reader of a document in `language` best. */
export function copyWords(language: string): CopyWords {
  const words = WORDS[chooseLanguage(language, Object.keys(WORDS))];
  if (words === undefined) throw new TypeError(`No words for ${language}.`);
  return words;
}
