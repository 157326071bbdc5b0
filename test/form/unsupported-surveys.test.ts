import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FormError } from '../../src/form/form-error.ts';
import { openForm } from '../../src/form/open-form.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import { StudyError } from '../../src/study/study-error.ts';
import { publicSurveys } from '../support/public-surveys.ts';
import { keepConsoleSilent } from '../support/silent-console.ts';
import { studyAsking } from '../support/studies.ts';

/** What whoever brings a public SurveyJS form is told of each part of it that the kit does not have. */

const UNKNOWN = 'is not a property the kit knows here.';
const asked = { type: 'text', name: 'q' };
const withElement = (element: object) => ({ elements: [asked, { name: 'x', ...element }] });
const withTop = (top: object) => ({ ...top, elements: [asked] });
const ELEMENT = 'elements[1]';

/** What is brought, and what is said of it, without file and form. */
const outside: readonly (readonly [name: string, json: object, ...lines: string[]])[] = [
  ...(
    [
      ['file', {}, 'Remove the question: answers are text, numbers and choices.'],
      ['signaturepad', {}, 'Remove the question: what is signed is the consent.'],
      [
        'paneldynamic',
        { templateElements: [asked] },
        'Ask for each in a question of its own, as many as there can be, with "visibleIf".',
      ],
      [
        'matrixdynamic',
        { columns: [] },
        'Ask for each in a question of its own, as many as there can be, with "visibleIf".',
      ],
      [
        'matrixdropdown',
        { columns: [], rows: [] },
        'Use a "matrix" for each column, or a "panel" with a question for each cell.',
      ],
      ['multipletext', { items: [] }, 'Use a "panel" with a "text" for each.'],
      ['imagepicker', { choices: [] }, 'Use "radiogroup" or "checkbox", with words for each choice.'],
      ['image', { imageLink: 'x' }, 'Describe it in an "html" question: a form shows no pictures.'],
      ['ranking', { choices: [1] }, 'Ask for the first choice by "radiogroup", or for each one’s weight by "matrix".'],
      ['tagbox', { choices: [1] }, 'Use "checkbox".'],
      ['buttongroup', { choices: [1] }, 'Use "radiogroup".'],
      ['slider', {}, 'Use "rating", or "text" with the "inputType" "number".'],
    ] as const
  ).map(
    ([type, more, fix]) =>
      [
        `a question of the type ${type}`,
        withElement({ type, ...more }),
        `${ELEMENT}.type: is "${type}", which the kit does not have. ${fix}`,
      ] as const,
  ),
  [
    'triggers',
    withTop({ triggers: [{ type: 'complete', expression: '{q} = 1' }] }),
    `triggers: ${UNKNOWN} Use "visibleIf", "setValueIf" and "setValueExpression" at the questions that it acts on.`,
  ],
  [
    'choices from another server',
    withElement({ type: 'dropdown', choicesByUrl: { url: 'https://example.org/countries' } }),
    `${ELEMENT}.choicesByUrl: ${UNKNOWN} Write the choices here, as "choices": a form asks no other server.`,
  ],
  [
    'choices of another question',
    withElement({ type: 'checkbox', choicesFromQuestion: 'q' }),
    `${ELEMENT}.choicesFromQuestion: ${UNKNOWN} Write the choices here, with "choicesVisibleIf": "{other-question} contains {item}".`,
  ],
  [
    'a timer',
    withTop({ showTimer: true, timeLimit: 60 }),
    `showTimer: ${UNKNOWN} Remove it: nobody is hurried, and WCAG 2.2.1 asks for no time limits.`,
    `timeLimit: ${UNKNOWN} Remove it: nobody is hurried, and WCAG 2.2.1 asks for no time limits.`,
  ],
  [
    'a timer, as older files name it',
    withTop({ maxTimeToFinish: 60 }),
    `maxTimeToFinish: ${UNKNOWN} Remove it: nobody is hurried, and WCAG 2.2.1 asks for no time limits.`,
  ],
  [
    'choices in random order',
    withElement({ type: 'radiogroup', choices: [1], choicesOrder: 'random' }),
    `${ELEMENT}.choicesOrder: is "random". Remove it: everyone is asked in the same order, which a study can report.`,
  ],
  [
    'rows in random order',
    withElement({ type: 'matrix', columns: [1], rows: [1], rowOrder: 'random' }),
    `${ELEMENT}.rowOrder: is "random". Remove it: everyone is asked in the same order, which a study can report.`,
  ],
  [
    'questions in random order',
    withTop({ questionOrder: 'random' }),
    'questionOrder: is "random". Remove it: everyone is asked in the same order, which a study can report.',
  ],
  [
    'hidden answers that are sent',
    withTop({ clearInvisibleValues: 'none' }),
    'clearInvisibleValues: is "none". Use "onComplete", "onHidden" or "onHiddenContainer": a hidden answer is never sent.',
  ],
  [
    'a hidden answer that is sent',
    withElement({ type: 'comment', clearIfInvisible: 'none' }),
    `${ELEMENT}.clearIfInvisible: is "none". Use "onComplete", "onHidden" or "onHiddenContainer": a hidden answer is never sent.`,
  ],
  [
    'an answer under another name',
    withElement({ type: 'comment', valueName: 'y' }),
    `${ELEMENT}.valueName: ${UNKNOWN} Remove it: an answer is kept under the name of its question.`,
  ],
  [
    'a comment beside a question',
    withElement({ type: 'radiogroup', choices: [1], showCommentArea: true }),
    `${ELEMENT}.showCommentArea: ${UNKNOWN} Ask for it in a "comment" of its own.`,
  ],
  [
    'a choice that chooses all',
    withElement({ type: 'checkbox', choices: [1], showSelectAllItem: true }),
    `${ELEMENT}.showSelectAllItem: ${UNKNOWN} Remove it, or add a choice of your own that says "all of these".`,
  ],
  [
    'an input mask',
    withElement({ type: 'text', maskType: 'pattern' }),
    `${ELEMENT}.maskType: ${UNKNOWN} Use "validators" with a "regex", and say in the "description" how to write it.`,
  ],
  [
    'an input of another kind',
    withElement({ type: 'text', inputType: 'datetime-local' }),
    `${ELEMENT}.inputType: is "datetime-local". Use "text", "email", "tel", "number" or "date".`,
  ],
  [
    'a start page',
    withTop({ firstPageIsStartPage: true }),
    `firstPageIsStartPage: ${UNKNOWN} Remove it, and write the page as the first of the others.`,
  ],
  [
    'going on by itself',
    withTop({ goNextPageAutomatic: true }),
    `goNextPageAutomatic: ${UNKNOWN} Remove it: a participant goes on by a button, as WCAG 3.2.2 asks.`,
  ],
  [
    'answers sent elsewhere',
    withTop({ surveyPostId: 'x', navigateToUrl: 'https://example.org' }),
    `surveyPostId: ${UNKNOWN} Remove it: the element sends the answers, once, to its endpoint.`,
    `navigateToUrl: ${UNKNOWN} Remove it: the element sends the answers, once, to its endpoint.`,
  ],
  [
    'a file of an older release',
    { pages: [{ name: 'p', questions: [asked] }] },
    `pages[0].questions: ${UNKNOWN} Did you mean "elements"?`,
  ],
  [
    'markup',
    withElement({ type: 'html', html: '<b>Welcome</b>' }),
    `${ELEMENT}.html: contains "<b>": markup is never rendered, so people would read it as it stands. Write Markdown: paragraphs, # headings, - lists, *emphasis* and [links](https://…).`,
  ],
];

const parse = (json: object) => parseStudy(JSON.stringify(studyAsking(json)), 'survey.study.json');

describe('a public survey outside of what the kit has', () => {
  keepConsoleSilent();

  for (const [name, json, ...lines] of outside) {
    it(`${name}: file, path and fix`, () => {
      assert.throws(
        () => parse(json),
        (error) => {
          assert.ok(error instanceof StudyError);
          assert.deepEqual(
            error.message.split('\n'),
            lines.map((line) => `survey.study.json: screening.contact.${line}`),
          );
          return true;
        },
      );
    });
  }

  it('a function of its own: path and fix', async () => {
    const { screening } = parse(withElement({ type: 'text', visibleIf: 'isWorkday({q}) = true' }));
    assert.ok(screening);
    await assert.rejects(openForm(screening.contact, { language: 'en', languages: ['en'] }), (error) => {
      assert.ok(error instanceof FormError);
      assert.equal(error.path, 'elements[1].visibleIf');
      assert.match(
        error.message,
        /^elements\[1\]\.visibleIf: calls isWorkday\(\), which the kit does not have\. Use "age", /,
      );
      return true;
    });
  });

  it('is refused for that part alone', () => {
    for (const { json } of Object.values(publicSurveys)) {
      assert.throws(() => parse({ ...json, triggers: [] }), { message: /^\S+ screening\.contact\.triggers: [^\n]*$/ });
    }
  });
});
