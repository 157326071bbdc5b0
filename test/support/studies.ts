/** A small valid study with every question type, and the means to break it at one place. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const text = (en: string, es: string): Json => ({ en, es });
const yesNo: Json = [
  { value: 'yes', text: text('Yes', 'Sí') },
  { value: 'no', text: text('No', 'No') },
];

/** As a study team writes it. A new object each time. */
export function exampleStudy(): { [key: string]: Json } {
  return structuredClone(EXAMPLE);
}

const EXAMPLE: { [key: string]: Json } = {
  $schema: 'https://example.org/study.schema.json',
  id: 'calm-ward',
  version: '1.2.0',
  title: text('Calm Ward', 'Sala tranquila'),
  languages: ['en', 'es'],
  recruitment: 'open',
  contacts: [
    { role: 'research', name: 'Calm Ward team', phone: '(213) 555-0100', email: 'team@example.org' },
    { role: 'safety', name: 'On call', phone: '(213) 555-0101' },
  ],
  resources: [{ title: text('A lifeline', 'Una línea de ayuda'), phone: '988', url: 'https://example.org' }],
  sites: [
    { id: 'north', title: 'North House', organisation: 'Example', size: 8 },
    { id: 'south', title: 'South House', organisation: 'Example', size: '9-16' },
  ],
  screening: {
    enrolment: 'self',
    form: {
      pages: [
        {
          name: 'work',
          title: text('Your work', 'Su trabajo'),
          elements: [
            {
              type: 'html',
              name: 'hello',
              html: text('Welcome. [Read more](https://example.org).', 'Hola. [Leer más](https://example.org).'),
            },
            {
              type: 'radiogroup',
              name: 'role',
              title: text('Your role', 'Su función'),
              isRequired: true,
              choices: [
                { value: 'nurse', text: text('Nurse', 'Enfermera o enfermero') },
                { value: 'physician', text: text('Physician', 'Médica o médico') },
              ],
              showOtherItem: true,
              showRefuseItem: true,
            },
            {
              type: 'text',
              name: 'age',
              inputType: 'number',
              title: text('Your age', 'Su edad'),
              min: 10,
              max: 110,
            },
            {
              type: 'text',
              name: 'since',
              inputType: 'date',
              title: text('Here since', 'Aquí desde'),
              max: '2030-01-01',
            },
            {
              type: 'text',
              name: 'badge',
              title: text('Badge', 'Credencial'),
              validators: [
                { type: 'regex', regex: '^[A-Z]\\d+$', text: text('A letter and digits', 'Letra y dígitos') },
              ],
            },
          ],
        },
        {
          name: 'more',
          elements: [
            { type: 'dropdown', name: 'home', title: text('Your home', 'Su hogar'), choicesFrom: 'sites' },
            {
              type: 'checkbox',
              name: 'shifts',
              title: text('Shifts', 'Turnos'),
              choices: [
                { value: 'day', text: text('Day', 'Día') },
                { value: 'night', text: text('Night', 'Noche') },
              ],
              showNoneItem: true,
            },
            { type: 'boolean', name: 'adult', title: text('18 or older?', '¿18 o más?') },
            { type: 'rating', name: 'stress', title: text('Stress', 'Estrés'), rateMin: 0, rateMax: 10 },
            {
              type: 'panel',
              name: 'together',
              elements: [
                {
                  type: 'matrix',
                  name: 'week',
                  title: text('Your week', 'Su semana'),
                  columns: yesNo,
                  rows: [
                    { value: 'tired', text: text('Tired', 'Con cansancio') },
                    { value: 'calm', text: text('Calm', 'Con calma') },
                  ],
                },
                { type: 'comment', name: 'words', title: text('Anything else?', '¿Algo más?') },
              ],
            },
          ],
        },
      ],
    },
    criteria: [
      {
        id: 'adult',
        kind: 'inclusion',
        wording: text('Adults', 'Personas adultas'),
        when: { question: 'adult', equals: true },
      },
      {
        id: 'clinical',
        kind: 'inclusion',
        wording: text('Clinical staff', 'Personal clínico'),
        when: {
          any: [
            { question: 'role', anyOf: ['nurse', 'physician'] },
            { question: 'age', atLeast: 60 },
          ],
        },
      },
      {
        id: 'new-here',
        kind: 'exclusion',
        wording: text('New this year', 'De este año'),
        when: { not: { question: 'since', atMost: '2026-01-01' } },
      },
    ],
    contact: {
      elements: [
        {
          type: 'text',
          name: 'email',
          inputType: 'email',
          title: text('E-mail', 'Correo'),
          isRequired: true,
          autocomplete: 'email',
        },
      ],
    },
  },
};

/** What takes a place out of the file. */
export const REMOVED = Symbol('removed');

/** Changes of a file by place, as `{ 'screening.criteria[0].id': 'new' }`. */
export type Changes = Readonly<Record<string, Json | typeof REMOVED>>;

/** The example study with some places changed. */
export function changedStudy(changes: Changes): { [key: string]: Json } {
  return withChanges(exampleStudy(), changes);
}

/** The same study, changed in place. */
export function withChanges(study: { [key: string]: Json }, changes: Changes): { [key: string]: Json } {
  for (const [place, value] of Object.entries(changes)) change(study, keysOf(place), value);
  return study;
}

function keysOf(place: string): (string | number)[] {
  return [...place.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) => key ?? Number(index));
}

function change(study: Json, keys: readonly (string | number)[], value: Json | typeof REMOVED): void {
  const last = keys.at(-1);
  const holder = keys.slice(0, -1).reduce<unknown>((held, key) => Reflect.get(Object(held), key), study);
  if (last === undefined || typeof holder !== 'object' || holder === null) {
    throw new TypeError(`The example study has no place ${keys.join('.')}.`);
  }
  if (value !== REMOVED) Reflect.set(holder, last, value);
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
}

/** A small valid study in one language, which asks for a form after the verdict. */
export function studyAsking(form: object, language = 'en'): object {
  const { id, version, contacts } = exampleStudy();
  return {
    ...{ id, version, title: 'Calm Ward', languages: [language], contacts },
    screening: {
      enrolment: 'self',
      form: { elements: [{ type: 'boolean', name: 'adult', title: '18?' }] },
      criteria: [{ id: 'adult', kind: 'inclusion', wording: '18', when: { question: 'adult', equals: true } }],
      contact: form,
    },
  };
}
