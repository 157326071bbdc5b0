import { chooseLanguage } from '../../study/text.ts';

/** The endpoint's own pages' few words. What stands in a page's head, a messenger may show to others: it says nothing. */

export interface PageWords {
  /** In the tab, the history and the preview of a link. */
  readonly title: string;
  readonly description: string;
  readonly loading: string;
  readonly missing: string;
  readonly contacts: string;
  readonly resources: string;
  readonly languages: string;
  readonly done: string;
  /** By the id that `GET /me` gives them. */
  readonly steps: Readonly<Record<'screening' | 'contact' | 'consent' | 'questionnaire' | 'session', string>>;
  /** Beside the step that comes next, when another one was just finished. */
  readonly next: string;
  readonly goOn: string;
  /** Where everything that lies ahead stands together, and the way back to it. */
  readonly overview: string;
  readonly back: string;
  /** What somebody has signed, once nothing is asked any more. */
  readonly signed: string;
  /** What a recruiter's link shows of itself, and what is said where it leads nowhere. */
  readonly link: Readonly<
    Record<'title' | 'description' | 'heading' | 'expired' | 'paused' | 'closed' | 'unknown', string>
  >;
  readonly roles: Readonly<Record<'research' | 'rights' | 'injury', string>>;
}

const WORDS: Readonly<Record<string, PageWords>> = {
  en: {
    title: 'Your page',
    description: 'Open this page to go on.',
    loading: 'One moment, please.',
    missing: 'If nothing else appears here, the people below can help you.',
    contacts: 'Whom you can ask',
    resources: 'If you would like to talk to someone',
    languages: 'Language',
    done: 'Done so far',
    steps: {
      screening: 'Questions about taking part',
      contact: 'How to reach you',
      consent: 'Consent',
      questionnaire: 'Questionnaire',
      session: 'Your sessions',
    },
    next: 'What comes next',
    goOn: 'Go on',
    overview: 'Your overview',
    back: 'Back to the overview',
    signed: 'What you signed',
    link: {
      title: 'A page for you',
      description: 'Open this page to read more.',
      heading: 'Thank you for coming by',
      expired: 'This link has ended. Please ask whoever gave it to you for a new one.',
      paused: 'Nobody new can take part at the moment. Please come back later, or ask the people named on this page.',
      closed: 'Nobody new can take part any more. Thank you for your interest.',
      unknown:
        'There is nothing under this address. Please check the code, letter by letter, or ask whoever gave it to you.',
    },
    roles: {
      research: 'The study team',
      rights: 'Your rights as a participant',
      injury: 'If taking part has harmed you',
    },
  },
  es: {
    title: 'Su página',
    description: 'Abra esta página para continuar.',
    loading: 'Un momento, por favor.',
    missing: 'Si no aparece nada más aquí, estas personas pueden ayudarle.',
    contacts: 'A quién puede preguntar',
    resources: 'Si desea hablar con alguien',
    languages: 'Idioma',
    done: 'Hecho hasta ahora',
    steps: {
      screening: 'Preguntas sobre la participación',
      contact: 'Cómo localizarle',
      consent: 'Consentimiento',
      questionnaire: 'Cuestionario',
      session: 'Sus sesiones',
    },
    next: 'Lo que sigue',
    goOn: 'Continuar',
    overview: 'Su vista general',
    back: 'Volver a la vista general',
    signed: 'Lo que usted firmó',
    link: {
      title: 'Una página para usted',
      description: 'Abra esta página para leer más.',
      heading: 'Gracias por su visita',
      expired: 'Este enlace ya no está activo. Pida uno nuevo a la persona que se lo dio.',
      paused:
        'En este momento no se puede incorporar nadie más. Vuelva más adelante o pregunte a las personas que figuran en esta página.',
      closed: 'Ya no se puede incorporar nadie más. Gracias por su interés.',
      unknown: 'No hay nada en esta dirección. Compruebe el código, letra por letra, o pregunte a quien se lo dio.',
    },
    roles: {
      research: 'El equipo del estudio',
      rights: 'Sus derechos como participante',
      injury: 'Si participar le ha causado algún daño',
    },
  },
};

/** The languages that there are words in. */
export const PAGE_LANGUAGES = Object.keys(WORDS);

/** In the language that serves a reader of `language` best; in English for studies in others. */
export function pageWords(language: string): PageWords {
  const words = WORDS[chooseLanguage(language, PAGE_LANGUAGES)];
  if (words === undefined) throw new TypeError(`No words for ${language}.`);
  return words;
}
