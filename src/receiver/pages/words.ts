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
  /** What somebody has signed, once nothing is asked any more. */
  readonly signed: string;
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
    signed: 'What you signed',
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
    signed: 'Lo que usted firmó',
    roles: {
      research: 'El equipo del estudio',
      rights: 'Sus derechos como participante',
      injury: 'Si participar le ha causado algún daño',
    },
  },
};

/** In the language that serves a reader of `language` best; in English for studies in others. */
export function pageWords(language: string): PageWords {
  const words = WORDS[chooseLanguage(language, Object.keys(WORDS))];
  if (words === undefined) throw new TypeError(`No words for ${language}.`);
  return words;
}
