/** Studies as the tests in browsers serve them: plain JSON, as a study team would write it. */

const contacts = [
  { role: 'research', name: 'Quiet Hours study', phone: '(555) 555-0170', email: 'quiet-hours@example.org' },
  { role: 'rights', name: 'Review board', phone: '(555) 555-0171' },
];

const resources = [
  {
    title: { en: 'A line to call', es: 'Una línea' },
    phone: '555-0199',
    note: { en: 'At any hour.', es: 'A toda hora.' },
  },
  { title: { en: 'A page to read', es: 'Una página' }, url: 'https://help.example/read' },
];

/** Two pages of questions, both languages; a nurse or physician of 20 hours or more is eligible. */
export const screeningForm = {
  pages: [
    {
      name: 'work',
      title: { en: 'Your work', es: 'Su trabajo' },
      description: { en: 'There are no wrong answers.', es: 'No hay respuestas incorrectas.' },
      elements: [
        {
          type: 'radiogroup',
          name: 'role',
          title: { en: 'What is your job?', es: '¿Cuál es su trabajo?' },
          isRequired: true,
          choices: [
            { value: 'nurse', text: { en: 'Nurse', es: 'Enfermería' } },
            { value: 'physician', text: { en: 'Physician', es: 'Medicina' } },
            { value: 'office', text: { en: 'Office', es: 'Oficina' } },
          ],
          showRefuseItem: true,
        },
      ],
    },
    {
      name: 'time',
      title: { en: 'Your time', es: 'Su tiempo' },
      elements: [
        {
          type: 'text',
          inputType: 'number',
          name: 'hours',
          title: { en: 'How many hours a week?', es: '¿Cuántas horas por semana?' },
          isRequired: true,
          min: 1,
          max: 90,
        },
        { type: 'boolean', name: 'nights', title: { en: 'Do you work nights?', es: '¿Trabaja de noche?' } },
      ],
    },
  ],
};

export const contactForm = {
  elements: [
    {
      type: 'text',
      name: 'name',
      title: { en: 'What should we call you?', es: '¿Cómo le llamamos?' },
      autocomplete: 'given-name',
      isRequired: true,
    },
    {
      type: 'text',
      inputType: 'email',
      name: 'email',
      title: { en: 'Where can we write to you?', es: '¿Dónde le escribimos?' },
      isRequired: true,
    },
  ],
};

const criteria = [
  {
    id: 'cares',
    kind: 'inclusion',
    wording: { en: 'Nurse or physician', es: 'Enfermería o medicina' },
    explanation: {
      en: 'This study is for people who **care for patients**.',
      es: 'Para quienes atienden a pacientes.',
    },
    when: { question: 'role', anyOf: ['nurse', 'physician'] },
  },
  {
    id: 'hours',
    kind: 'inclusion',
    wording: { en: '20 hours or more', es: '20 horas o más' },
    explanation: { en: 'This study needs 20 hours a week.', es: 'El estudio necesita 20 horas por semana.' },
    when: { question: 'hours', atLeast: 20 },
  },
];

/** @param screening what differs in its screening part @param head what differs elsewhere; `undefined` takes a part away */
export function sampleStudy(screening: object = {}, head: object = {}): object {
  return {
    id: 'quiet-hours',
    version: '1.0.0',
    title: { en: 'Quiet hours', es: 'Horas tranquilas' },
    languages: ['en', 'es'],
    contacts,
    resources,
    screening: {
      enrolment: 'self',
      form: screeningForm,
      criteria,
      contact: contactForm,
      next: { en: 'We call within **two days**.', es: 'Llamamos en **dos días**.' },
      ...screening,
    },
    ...head,
  };
}
