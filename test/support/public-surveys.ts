import type { Value } from '../../src/study/answers.ts';

/**
 * Surveys in the manner of SurveyJS's public examples, with all that such files carry along (logos, progress bars, closing
 * pages, column counts), for tests to run as they stand.
 */
export interface PublicSurvey {
  readonly json: object;
  /** What a visitor does, in order. */
  readonly answers: readonly (readonly [name: string, value: Value])[];
  /** The questions that whoever answered nothing must still answer: their names and codes. */
  readonly needed: readonly string[];
  /** The pages shown in the end. */
  readonly pages: readonly string[];
  /** What is sent in the end, beside what was answered; `undefined` for what is not. */
  readonly sent?: Readonly<Record<string, Value | undefined>>;
}

export const publicSurveys: Readonly<Record<string, PublicSurvey>> = {
  'net promoter score': {
    json: {
      $schema: 'https://unpkg.com/survey-core/surveyjs_definition.json',
      title: 'How did we do?',
      logoPosition: 'right',
      completedHtml: '<h3>Thank you!</h3>',
      completedHtmlOnCondition: [{ expression: '{nps_score} > 8', html: '<h3>We are glad.</h3>' }],
      focusFirstQuestionAutomatic: false,
      showQuestionNumbers: 'off',
      questionErrorLocation: 'bottom',
      elements: [
        {
          type: 'rating',
          name: 'nps_score',
          title: 'How likely are you to tell a colleague about our clinic?',
          isRequired: true,
          rateMin: 0,
          rateMax: 10,
          minRateDescription: 'Not at all likely',
          maxRateDescription: 'Extremely likely',
          displayMode: 'buttons',
        },
        {
          type: 'checkbox',
          name: 'promoter_features',
          visibleIf: '{nps_score} >= 9',
          title: 'What did you like most?',
          isRequired: true,
          validators: [{ type: 'answercount', text: 'Choose two at most.', maxCount: 2 }],
          showOtherItem: true,
          otherText: 'Something else',
          otherPlaceholder: 'Tell us',
          choices: ['Waiting time', 'Staff', 'Rooms', 'Follow-up'],
          colCount: 2,
        },
        {
          type: 'comment',
          name: 'passive_experience',
          visibleIf: '{nps_score} > 6 and {nps_score} < 9',
          title: 'You gave us {nps_score}. What would have made it better?',
        },
        {
          type: 'comment',
          name: 'disappointed_experience',
          visibleIf: '{nps_score} notempty and {nps_score} <= 6',
          title: 'What went wrong?',
          maxLength: 300,
          autoGrow: true,
          allowResize: false,
        },
      ],
      showProgressBar: 'top',
      progressBarType: 'questions',
      widthMode: 'static',
      width: '864px',
    },
    answers: [
      ['nps_score', 5],
      ['disappointed_experience', 'I waited for two hours.'],
      ['nps_score', 9],
      ['promoter_features', ['Staff', 'other']],
      ['promoter_features-Comment', 'The garden'],
    ],
    needed: ['nps_score required'],
    pages: ['page1'],
    sent: { disappointed_experience: undefined },
  },

  'patient intake': {
    json: {
      title: 'Before your first visit',
      showTOC: true,
      checkErrorsMode: 'onNextPage',
      clearInvisibleValues: 'onHidden',
      pages: [
        {
          name: 'about-you',
          navigationTitle: 'You',
          elements: [
            {
              type: 'panel',
              name: 'full-name',
              title: 'Full name',
              state: 'expanded',
              elements: [
                { type: 'text', name: 'first-name', title: 'First name', isRequired: true, autocomplete: 'given-name' },
                {
                  type: 'text',
                  name: 'last-name',
                  title: 'Last name',
                  startWithNewLine: false,
                  autocomplete: 'family-name',
                },
              ],
            },
            {
              type: 'text',
              name: 'birthdate',
              title: 'Date of birth',
              inputType: 'date',
              isRequired: true,
              maxValueExpression: 'today()',
              minErrorText: 'Too long ago.',
              min: '1900-01-01',
            },
            {
              type: 'expression',
              name: 'age-now',
              title: 'Your age',
              expression: 'age({birthdate})',
              titleLocation: 'left',
            },
            {
              type: 'boolean',
              name: 'guardian-signs',
              title: 'Will a parent or guardian come with you?',
              visibleIf: 'age({birthdate}) < 18',
              valueTrue: 'Yes',
              valueFalse: 'No',
              renderAs: 'radio',
            },
          ],
        },
        {
          name: 'health',
          title: 'Your health',
          elements: [
            {
              type: 'radiogroup',
              name: 'smoker',
              title: 'Do you smoke?',
              choices: [
                { value: 1, text: 'Yes' },
                { value: 2, text: 'I did' },
                { value: 3, text: 'No' },
              ],
              colCount: 0,
              showClearButton: true,
            },
            {
              type: 'text',
              inputType: 'number',
              name: 'cigarettes',
              visibleIf: '{smoker} = 1',
              title: 'How many a day?',
              min: 1,
              max: 100,
              requiredIf: '{smoker} = 1',
              size: 4,
            },
            {
              type: 'matrix',
              name: 'symptoms',
              title: 'In the last month, how often did you have…',
              alternateRows: true,
              showHeader: true,
              columns: [
                { value: 'never', text: 'Never' },
                { value: 'some', text: 'Sometimes' },
                { value: 'often', text: 'Often' },
              ],
              rows: [
                { value: 'headache', text: 'a headache' },
                { value: 'dizzy', text: 'dizziness' },
              ],
              eachRowRequired: true,
            },
            {
              type: 'comment',
              name: 'medicines',
              title: 'What do you take against it?',
              visibleIf: "{symptoms.headache} = 'often' or {symptoms.dizzy} = 'often'",
            },
          ],
        },
      ],
    },
    answers: [
      ['first-name', 'Rosa'],
      ['birthdate', '1980-05-17'],
      ['smoker', 1],
      ['cigarettes', '12'],
      ['smoker', 3],
      ['symptoms', { headache: 'often', dizzy: 'never' }],
      ['medicines', 'Nothing so far.'],
    ],
    needed: [
      ...['first-name required', 'birthdate required', 'symptoms row-required headache', 'symptoms row-required dizzy'],
    ],
    pages: ['about-you', 'health'],
    sent: { cigarettes: undefined, 'age-now': ageIn(1980, 5, 17) },
  },

  'employee satisfaction': {
    json: {
      title: 'How is work?',
      description: 'It takes three minutes and is anonymous.',
      logo: 'https://example.org/logo.svg',
      logoHeight: '60px',
      logoFit: 'cover',
      questionTitleLocation: 'top',
      requiredMark: '(needed)',
      pages: [
        {
          name: 'overall',
          elements: [
            {
              type: 'matrix',
              name: 'agree',
              titleLocation: 'hidden',
              isAllRowRequired: true,
              columns: [
                { value: 5, text: 'Strongly agree' },
                { value: 4, text: 'Agree' },
                { value: 3, text: 'Neither' },
                { value: 2, text: 'Disagree' },
                { value: 1, text: 'Strongly disagree' },
              ],
              rows: [
                { value: 'valued', text: 'I feel valued.' },
                { value: 'growth', text: 'I can grow here.' },
                { value: 'balance', text: 'Work leaves room for life.' },
              ],
            },
            {
              type: 'rating',
              name: 'mood',
              title: 'Today at work I feel',
              rateType: 'smileys',
              scaleColorMode: 'colored',
              rateCount: 5,
              rateMax: 5,
            },
          ],
        },
        {
          name: 'leaving',
          visibleIf: '{agree.valued} <= 2 or {agree.growth} <= 2 or {agree.balance} <= 2',
          elements: [
            {
              type: 'radiogroup',
              name: 'stay',
              title: 'Do you see yourself here in two years?',
              choices: ['Yes', 'No'],
              showDontKnowItem: true,
              dontKnowText: 'I cannot say',
            },
            {
              type: 'comment',
              name: 'why-leave',
              title: 'What would have to change?',
              visibleIf: "{stay} anyof ['No', 'dontknow']",
              rows: 2,
            },
          ],
        },
      ],
      calculatedValues: [
        { name: 'score', expression: 'sum({agree.valued}, {agree.growth}, {agree.balance})', includeIntoResult: true },
      ],
    },
    answers: [
      ['agree', { valued: 4, growth: 2, balance: 5 }],
      ['mood', 4],
      ['stay', 'dontknow'],
      ['why-leave', 'The nights.'],
    ],
    needed: ['agree row-required valued', 'agree row-required growth', 'agree row-required balance'],
    pages: ['overall', 'leaving'],
    sent: { score: 11 },
  },

  'event registration': {
    json: {
      title: 'Ward day 2026',
      backgroundImage: 'https://example.org/back.jpg',
      backgroundOpacity: 0.3,
      pages: [
        {
          name: 'who',
          elements: [
            { type: 'text', name: 'name', title: 'Name', isRequired: true, minWidth: '200px', maxWidth: '100%' },
            {
              type: 'text',
              name: 'email',
              inputType: 'email',
              title: 'E-mail',
              isRequired: true,
              placeholder: 'you@example.org',
            },
            { type: 'text', name: 'phone', inputType: 'tel', title: 'Phone' },
            {
              type: 'text',
              name: 'postcode',
              title: 'ZIP code',
              validators: [{ type: 'regex', text: 'Five digits.', regex: '^\\d{5}$' }],
            },
          ],
        },
        {
          name: 'what',
          elements: [
            {
              type: 'checkbox',
              name: 'workshops',
              title: 'Workshops',
              description: 'Choose one to three.',
              minSelectedChoices: 1,
              maxSelectedChoices: 3,
              choices: [
                { value: 'breath', text: 'Breathing' },
                { value: 'sleep', text: 'Sleep on shifts' },
                { value: 'record', text: 'The health record', enableIf: "{workshops} notcontains 'breath'" },
                { value: 'lunch', text: 'Lunch with the chief', visibleIf: '{email} notempty' },
              ],
              separateSpecialChoices: true,
              showNoneItem: true,
              noneText: 'I only come to listen',
            },
            {
              type: 'dropdown',
              name: 'favourite',
              title: 'Which matters most?',
              choices: ['breath', 'sleep', 'record', 'lunch'],
              choicesVisibleIf: '{workshops} contains {item}',
              visibleIf: '{workshops.length} > 1',
              placeholder: 'Choose one',
              allowClear: false,
              searchEnabled: false,
            },
            { type: 'text', inputType: 'number', name: 'guests', title: 'Guests', defaultValue: 0, min: 0, max: 4 },
            {
              type: 'expression',
              name: 'price',
              title: 'Price',
              expression: '15 * ({guests} + 1)',
              displayStyle: 'currency',
              currency: 'USD',
              format: 'In total: {0}',
            },
          ],
        },
      ],
    },
    answers: [
      ['name', 'Lee'],
      ['email', 'lee@example.org'],
      ['postcode', '90033'],
      ['workshops', ['sleep', 'lunch']],
      ['guests', '2'],
    ],
    needed: ['name required', 'email required'],
    pages: ['who', 'what'],
    sent: { guests: 2, price: 45 },
  },

  'job application': {
    json: {
      title: 'Join the float pool',
      showProgressBar: true,
      progressBarLocation: 'belowheader',
      progressBarShowPageTitles: true,
      questionsOnPageMode: 'standard',
      pages: [
        {
          name: 'position',
          title: 'The position',
          elements: [
            {
              type: 'dropdown',
              name: 'position',
              title: 'Which one?',
              isRequired: true,
              requiredErrorText: 'Choose a position.',
              choices: ['Registered nurse', 'Respiratory therapist', 'Clerk'],
              hasOther: true,
            },
            {
              type: 'text',
              name: 'start',
              inputType: 'date',
              title: 'From when?',
              defaultValueExpression: 'today(14)',
            },
            {
              type: 'text',
              name: 'salary',
              inputType: 'number',
              title: 'Yearly pay you expect',
              step: 500,
              stepErrorText: 'In steps of 500, please.',
              validators: [{ type: 'numeric', text: 'Between 20,000 and 300,000.', minValue: 20000, maxValue: 300000 }],
            },
          ],
        },
        {
          name: 'licence',
          title: 'Your licence as a {position}',
          visibleIf: "{position} <> 'Clerk' and {position} notempty",
          elements: [
            {
              type: 'text',
              name: 'licence-number',
              title: 'Number',
              isRequired: true,
              validators: [{ type: 'text', minLength: 4 }],
            },
            {
              type: 'text',
              name: 'licence-end',
              inputType: 'date',
              title: 'Valid until',
              validators: [
                { type: 'expression', expression: '{licence-end} > {start}', text: 'It ends before {start}.' },
              ],
            },
          ],
        },
        {
          name: 'skills',
          elements: [
            {
              type: 'boolean',
              name: 'experienced',
              title: 'Have you worked nights before?',
              labelTrue: 'Yes',
              labelFalse: 'No',
              swapOrder: true,
              isRequired: true,
            },
            {
              type: 'text',
              name: 'years',
              inputType: 'number',
              title: 'For how many years?',
              enableIf: '{experienced} = true',
              resetValueIf: '{experienced} = false',
            },
          ],
        },
      ],
    },
    answers: [
      ['position', 'Registered nurse'],
      ['start', '2026-03-01'],
      ['salary', '85000'],
      ['licence-number', 'RN 123456'],
      ['licence-end', '2027-01-31'],
      ['experienced', true],
      ['years', 3],
      ['experienced', false],
    ],
    needed: ['position required', 'experienced required'],
    pages: ['position', 'licence', 'skills'],
    sent: { salary: 85000, years: undefined },
  },

  'product feedback in another language': {
    json: {
      locale: 'es',
      title: { default: 'Su opinión', es: 'Su opinión' },
      widthMode: 'responsive',
      headerView: 'advanced',
      elements: [
        {
          type: 'radiogroup',
          name: 'uso',
          title: '¿Con qué frecuencia usa la aplicación?',
          choices: [
            { value: 'diario', text: 'A diario' },
            { value: 'semanal', text: 'Cada semana' },
            { value: 'nunca', text: 'Nunca' },
          ],
          isRequired: true,
        },
        {
          type: 'panel',
          name: 'detalles',
          title: 'Sobre su uso «{uso}»',
          visibleIf: "{uso} <> 'nunca' and {uso} notempty",
          elements: [
            {
              type: 'rating',
              name: 'utilidad',
              title: '¿Qué tan útil es?',
              rateValues: [
                { value: 'poco', text: 'Poco' },
                { value: 'algo', text: 'Algo' },
                { value: 'mucho', text: 'Mucho' },
              ],
            },
            { type: 'comment', name: 'mejoras', title: '¿Qué mejoraría?', requiredIf: "{utilidad} = 'poco'" },
          ],
        },
      ],
    },
    answers: [
      ['uso', 'diario'],
      ['utilidad', 'poco'],
      ['mejoras', 'La búsqueda'],
    ],
    needed: ['uso required'],
    pages: ['page1'],
  },

  'depression screening with a score': {
    json: {
      title: 'Two questions about your mood',
      showCompletedPage: false,
      showNavigationButtons: true,
      pageNextText: 'Go on',
      completeText: 'Done',
      pages: [
        {
          elements: [
            { type: 'html', name: 'intro', html: 'Over the **last two weeks**, how often were you bothered by these?' },
            ...['interest', 'down'].map((name) => ({
              type: 'radiogroup',
              name,
              title: name === 'interest' ? 'Little interest or pleasure in doing things' : 'Feeling down or hopeless',
              isRequired: true,
              choices: [
                { value: 0, text: 'Not at all' },
                { value: 1, text: 'Several days' },
                { value: 2, text: 'More than half the days' },
                { value: 3, text: 'Nearly every day' },
              ],
            })),
            { type: 'expression', name: 'total', visible: false, expression: '{interest} + {down}' },
          ],
        },
        {
          name: 'talk',
          visibleIf: '{total} >= 3',
          elements: [
            { type: 'html', name: 'advice', html: 'You marked {total} points. Please talk to somebody you trust.' },
            {
              type: 'radiogroup',
              name: 'call',
              title: 'May we call you?',
              choices: ['yes', 'no'],
              showRefuseItem: true,
              refuseText: 'I would rather not say',
            },
          ],
        },
      ],
    },
    answers: [
      ['interest', 2],
      ['down', 1],
      ['call', 'refused'],
    ],
    needed: ['interest required', 'down required'],
    pages: ['page1', 'talk'],
  },

  'course evaluation': {
    json: {
      title: 'The stress course',
      questionTitlePattern: 'numTitleRequire',
      questionStartIndex: '1.',
      questionDescriptionLocation: 'underInput',
      pages: [
        {
          name: 'course',
          readOnly: false,
          elements: [
            {
              type: 'dropdown',
              name: 'session',
              title: 'Which session were you at?',
              choices: [1, 2, 3, 4, 5, 6],
              isRequired: true,
            },
            {
              type: 'panel',
              name: 'teaching',
              questionTitleLocation: 'left',
              innerIndent: 1,
              enableIf: '{session} notempty',
              elements: [
                { type: 'rating', name: 'pace', title: 'Pace', rateMin: 1, rateMax: 7, rateStep: 2 },
                {
                  type: 'panel',
                  name: 'more',
                  visibleIf: '{pace} > 5',
                  elements: [{ type: 'comment', name: 'too-fast', title: 'What was too fast in session {session}?' }],
                },
              ],
            },
            {
              type: 'checkbox',
              name: 'used',
              title: 'What have you tried since?',
              choices: [
                { value: 'breathing', text: 'Breathing' },
                { value: 'break', text: 'Short breaks' },
                { value: 'talk', text: 'Talking about it' },
              ],
              hasNone: true,
            },
            {
              type: 'checkbox',
              name: 'helped',
              title: 'What helped?',
              visibleIf: "{used} anyof ['breathing', 'break', 'talk']",
              choices: [
                { value: 'breathing', text: 'Breathing' },
                { value: 'break', text: 'Short breaks' },
                { value: 'talk', text: 'Talking about it' },
              ],
              choicesEnableIf: '{used} contains {item}',
            },
          ],
        },
      ],
    },
    answers: [
      ['session', 3],
      ['pace', 7],
      ['too-fast', 'The end'],
      ['used', ['break', 'talk']],
      ['helped', ['talk']],
    ],
    needed: ['session required'],
    pages: ['course'],
  },
};

function ageIn(year: number, month: number, day: number): number {
  const now = new Date();
  const before = now.getMonth() + 1 < month || (now.getMonth() + 1 === month && now.getDate() < day);
  return now.getFullYear() - year - (before ? 1 : 0);
}
