/**
 * Who comes to the screeners, and what each answers: by the words that stand on the page, one table per study. When a
 * study's questions change, this is the place to follow. More answers than are asked do no harm: branches may hide some.
 */

/** Title of a question as it is seen (or how it begins), and the words of the choice or the text to write. */
export type Answers = Readonly<Record<string, string>>;

/** The kit's words on the way through, in one language. */
export interface Words {
  readonly next: string;
  readonly send: string;
  readonly sendContact: string;
  readonly eligible: string;
  readonly ineligible: string;
  readonly thanks: string;
  readonly sent: string;
  readonly kept: string;
  readonly keptInMemory: string;
  readonly parked: string;
  readonly contactKept: string;
  readonly waitingBefore: string;
  readonly tryAgain: string;
  readonly sendAgain: string;
}

export const english: Words = {
  next: 'Next',
  send: 'Send my answers',
  sendContact: 'Send my contact details',
  eligible: 'You may be able to take part',
  ineligible: 'This study is not the right fit for you',
  thanks: 'The study team has your contact details',
  sent: 'Your answers were sent on',
  kept: 'Your answers are not sent yet. They are kept on this device',
  keptInMemory: 'Please leave this page open until they are sent',
  parked: 'Your answers could not be accepted.',
  contactKept: 'Your contact details have not reached the study team yet.',
  waitingBefore: 'still waiting to be sent',
  tryAgain: 'Try again',
  sendAgain: 'Send again',
};

export const spanish: Words = {
  next: 'Siguiente',
  send: 'Enviar mis respuestas',
  sendContact: 'Enviar mis datos de contacto',
  eligible: 'Es posible que pueda participar',
  ineligible: 'Este estudio no es el adecuado para usted',
  thanks: 'El equipo del estudio tiene sus datos de contacto',
  sent: 'Sus respuestas se enviaron el',
  kept: 'Sus respuestas aún no se han enviado. Se guardan en este dispositivo',
  keptInMemory: 'Deje esta página abierta hasta que se envíen',
  parked: 'Sus respuestas no se pudieron aceptar.',
  contactKept: 'Sus datos de contacto todavía no han llegado al equipo del estudio.',
  waitingBefore: 'a ser enviad',
  tryAgain: 'Intentar de nuevo',
  sendAgain: 'Enviar de nuevo',
};

/** One of the demo's host pages. */
export interface HostPage {
  readonly path: string;
  readonly study: string;
  readonly words: Words;
}

export const intranet: HostPage = { path: '/intranet/', study: 'keck-thrive', words: english };
export const portal: HostPage = { path: '/portal/', study: 'keck-thrive', words: english };
export const partner: HostPage = { path: '/partner/', study: 'mgh-resilience', words: spanish };

/** What somebody answers, and what the receiver must find. */
export interface Person {
  readonly screening: Answers;
  readonly contact: Answers;
  readonly verdict: 'eligible' | 'ineligible';
  /** Criteria that keep them out. */
  readonly failed: readonly string[];
  /** Some of the answers as they are stored, by question name. */
  readonly stored: Readonly<Record<string, unknown>>;
  readonly storedContact: Readonly<Record<string, unknown>>;
}

const keckContact: Answers = {
  'What is your first name?': 'Ana',
  'What is your email address?': 'ana@example.org',
  'What is your phone number?': '(213) 555-0199',
  'How should we get in touch first?': 'Text message',
};

/** A physician of Keck. */
export const keckEligible: Person = {
  screening: {
    'Which of these is closest to your job?': 'Physician (MD or DO)',
    'What is your specialty?': 'Emergency medicine',
    'Are you credentialed to see patients within Keck?': 'Yes',
    'Do you work in the Keck Medicine of USC system?': 'Yes',
    'How much stress does your job bring you these days?': 'A lot',
    'What adds to it most?': 'Workload and staffing',
  },
  contact: keckContact,
  verdict: 'eligible',
  failed: [],
  stored: {
    role: 'md',
    specialty: 'emergency',
    credentialed: 'yes',
    'works-at-keck': true,
    'job-stress': 'a-lot',
    'stress-sources': ['workload'],
  },
  storedContact: { 'first-name': 'Ana', email: 'ana@example.org', phone: '(213) 555-0199', 'preferred-way': 'text' },
};

/** Somebody without patient care. */
export const keckIneligible: Person = {
  screening: {
    'Which of these is closest to your job?': 'A job without patient care',
    'Are you credentialed to see patients within Keck?': 'No',
    'Do you work in the Keck Medicine of USC system?': 'Yes',
    'How much stress does your job bring you these days?': 'None',
  },
  contact: {},
  verdict: 'ineligible',
  failed: ['cares-for-patients'],
  stored: {},
  storedContact: {},
};

/** Permanent staff of a home of the study, who reads Spanish. */
export const mghEligible: Person = {
  screening: {
    '¿Cuántos años tiene?': '34',
    '¿Qué tipo de contrato tiene en el hogar grupal?': 'Permanente, con sueldo fijo',
    '¿En qué hogar trabaja la mayor parte del tiempo?': 'Amber Acorn House',
    '¿Cuánto tiempo lleva trabajando en Amber Acorn House?': 'De 1 a 3 años',
  },
  contact: {
    '¿Cuál es su nombre?': 'Inés',
    '¿Cuál es su correo electrónico?': 'ines@example.org',
    '¿Cuál es su número de teléfono?': '',
    '¿Cómo prefiere que nos comuniquemos primero?': 'Correo electrónico',
  },
  verdict: 'eligible',
  failed: [],
  stored: { age: 34, employment: 'permanent', home: 'amber-acorn', 'time-in-home': '1-to-3-years' },
  storedContact: { 'first-name': 'Inés', email: 'ines@example.org', 'preferred-way': 'email' },
};

/** A nurse, asked no more than what `openShortStage` asks. */
export const shortEligible: Person = {
  screening: { 'Which of these is closest to your job?': 'Nurse (RN or LVN)' },
  contact: { 'What is your first name?': 'Ana', 'What is your email address?': 'ana@example.org' },
  verdict: 'eligible',
  failed: [],
  stored: { role: 'nurse' },
  storedContact: { 'first-name': 'Ana', email: 'ana@example.org' },
};

/** Somebody without patient care, in the same short study. */
export const shortIneligible: Person = {
  screening: { 'Which of these is closest to your job?': 'A job without patient care' },
  contact: {},
  verdict: 'ineligible',
  failed: ['cares-for-patients'],
  stored: {},
  storedContact: {},
};
