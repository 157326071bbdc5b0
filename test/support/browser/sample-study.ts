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

const often = ['Always', 'Often', 'Sometimes', 'Seldom', 'Never or almost never'].map((text, index) => ({
  value: 100 - 25 * index,
  text: { en: text, es: `${text} (es)` },
}));

/** A question of every type and kind that a form without logic can have, on four pages; all optional but one on each. */
export const everyQuestion = {
  pages: [
    {
      name: 'choices',
      title: 'Choices',
      elements: [
        {
          type: 'radiogroup',
          name: 'ward',
          title: 'Which ward?',
          isRequired: true,
          choices: ['East', 'West', 'A ward with a longer name, over two lines on a phone'],
          showOtherItem: true,
          otherPlaceholder: 'Name of the ward',
          showRefuseItem: true,
        },
        {
          type: 'checkbox',
          name: 'helps',
          title: 'What *helps* you?',
          description: 'Think of the **last week**.',
          choices: ['Sleep', 'Friends', 'Walks'],
          showOtherItem: true,
          showNoneItem: true,
        },
        { type: 'boolean', name: 'nights', title: 'Do you work nights?' },
        {
          type: 'dropdown',
          name: 'shift',
          title: 'Which shift?',
          choices: ['Early', 'Late', 'Night'],
          showOtherItem: true,
          placeholder: 'Choose a shift',
        },
      ],
    },
    {
      name: 'texts',
      title: 'Texts',
      elements: [
        {
          type: 'text',
          name: 'first',
          title: 'First name',
          isRequired: true,
          autocomplete: 'given-name',
          maxLength: 5,
        },
        { type: 'text', inputType: 'email', name: 'mail', title: 'E-mail', placeholder: 'name@example.org' },
        { type: 'text', inputType: 'tel', name: 'phone', title: 'Phone' },
        { type: 'text', inputType: 'number', name: 'years', title: 'Years in care', min: 0, max: 60 },
        { type: 'text', inputType: 'date', name: 'since', title: 'Since when?', min: '2000-01-01', max: '2030-12-31' },
        { type: 'comment', name: 'more', title: 'Anything else?', rows: 3 },
      ],
    },
    {
      name: 'scales',
      title: 'Scales',
      elements: [
        {
          type: 'rating',
          name: 'worn',
          title: 'How worn out are you?',
          isRequired: true,
          rateMin: 0,
          rateMax: 10,
          minRateDescription: 'not at all',
          maxRateDescription: 'as much as I can imagine',
        },
        { type: 'rating', name: 'rest', title: 'How rested are you?' },
        {
          type: 'rating',
          name: 'agree',
          title: 'I look forward to work.',
          rateValues: ['Strongly disagree', 'Disagree', 'Neither', 'Agree', 'Strongly agree'].map((text, value) => ({
            value,
            text,
          })),
        },
        {
          type: 'matrix',
          name: 'cbi',
          title: 'How often …',
          description: 'One answer on each line.',
          isAllRowRequired: true,
          columns: often,
          rows: [
            { value: 'tired', text: '… do you feel tired?' },
            { value: 'physical', text: '… are you physically exhausted?' },
            { value: 'cannot', text: '… do you think: “I can’t take it anymore”?' },
          ],
        },
      ],
    },
    {
      name: 'parts',
      title: 'Parts',
      description: 'What stands *between* questions.',
      elements: [
        {
          type: 'html',
          name: 'prose',
          html: '## A heading\n\nA paragraph with [a link](https://example.org).\n\n- one\n- two',
        },
        {
          type: 'panel',
          name: 'together',
          title: 'A panel',
          description: 'Questions that belong together.',
          elements: [
            { type: 'text', name: 'fixed', title: 'Fixed', readOnly: true, defaultValue: 'as it is' },
            { type: 'text', name: 'free', title: 'Free', isRequired: true },
          ],
        },
      ],
    },
  ],
};

/** A study of `everyQuestion` that nobody is ineligible for. */
export function everyQuestionStudy(head: object = {}): object {
  const criteria = [{ id: 'any', kind: 'exclusion', wording: 'None', when: { question: 'fixed', equals: 'other' } }];
  return sampleStudy({ form: everyQuestion, criteria }, head);
}
