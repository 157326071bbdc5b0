import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseStudy } from '../../src/study/parse-study.ts';
import { readScreeningStudy } from '../../src/study/read-part.ts';
import { describeProblem, StudyError } from '../../src/study/study-error.ts';
import { type Changes, changedStudy, exampleStudy, REMOVED } from '../support/studies.ts';

/** What a study team reads of each mistake: the file, the exact place, what is wrong and how to mend it. */

const FIRST = 'screening.form.pages[0].elements';
const SECOND = 'screening.form.pages[1].elements';
const CRITERIA = 'screening.criteria';
const TYPES =
  '"radiogroup", "dropdown", "checkbox", "text", "comment", "boolean", "rating", "matrix", "expression", "html" or "panel"';
const CONDITIONS = 'Write a condition, like { "question": "age", "atLeast": 18 }.';
const UNKNOWN = 'is not a property the kit knows here.';
const REMOVE = 'Remove it: nothing in a study file is skipped in silence.';
const AGAIN = 'which stands in this list already. Give each its own, or remove one.';
const MARKUP = 'markup is never rendered, so people would read it as it stands.';

const both = (en: string, es: string) => ({ en, es });

/** The mistake, where it is made, and all that is said of it. */
const mistakes: readonly (readonly [name: string, changes: Changes, ...lines: string[]])[] = [
  // The head
  [
    'another schema',
    { $schema: 'http://json-schema.org/draft-07/schema#' },
    '$schema: is "http://json-schema.org/draft-07/schema#". Point it at the "study.schema.json" that comes with the kit, or remove it: is this a study file?',
  ],
  [
    'a bad id',
    { id: 'Calm Ward' },
    'id: is "Calm Ward". Use lower-case letters, digits and hyphens, starting with a letter or digit, 63 at most: "baseline-2".',
  ],
  ['no id', { id: REMOVED }, 'id: is missing. Add "id": a text.'],
  ['a bad version', { version: '1.0' }, 'version: is "1.0". Use three numbers: "1.0.0".'],
  ['a version that is a number', { version: 1 }, 'version: is a number, not a text. Write a text.'],
  ['an unknown part', { schedul: [] }, `schedul: ${UNKNOWN} ${REMOVE}`],
  ['a word of another list', { recruitment: 'paused' }, 'recruitment: is "paused". Use "open" or "closed".'],
  ['no contacts', { contacts: REMOVED }, 'contacts: is missing. Add "contacts": a list.'],
  ['an empty list of contacts', { contacts: [] }, 'contacts: is an empty list. List at least 1.'],
  [
    'nobody to ask',
    { 'contacts[0]': REMOVED },
    'contacts: has nobody whom a participant could ask. Add a contact with the role "research" and a phone or an e-mail.',
  ],
  [
    'a researcher without phone or e-mail',
    { 'contacts[0].phone': REMOVED, 'contacts[0].email': REMOVED },
    'contacts: has nobody whom a participant could ask. Add a contact with the role "research" and a phone or an e-mail.',
  ],
  [
    'a misspelt role',
    { 'contacts[0].role': 'resaerch' },
    'contacts[0].role: is "resaerch". Did you mean "research"? It can be "research", "rights", "injury" or "safety".',
  ],
  [
    'an e-mail address that is none',
    { 'contacts[0].email': 'nobody' },
    'contacts[0].email: is "nobody". Write one address, like "team@example.org".',
  ],
  [
    'an address that is not https',
    { 'resources[0].url': 'http://example.org' },
    'resources[0].url: is "http://example.org". Write the whole address, starting with https://, without spaces.',
  ],
  [
    'a name without end',
    { sponsor: 'x'.repeat(501) },
    'sponsor: is 501 characters long. Write at most 500 characters.',
  ],
  ['two sites of one id', { 'sites[1].id': 'north' }, `sites[1].id: is "north", ${AGAIN}`],

  // Texts and languages
  [
    'a text that is a number',
    { title: 5 },
    'title: is a number. Write a text, or one per language: { "en": "…", "es": "…" }.',
  ],
  [
    'a text that is a list',
    { title: [] },
    'title: is a list. Write a text, or one per language: { "en": "…", "es": "…" }.',
  ],
  ['a text with a number in it', { 'title.es': 5 }, 'title.es: is a number, not a text. Write a text.'],
  [
    'a language by its name',
    { title: { English: 'Calm' } },
    'title.English: has a name that does not fit here. Name the language by its tag: "en", "es", "pt-BR".',
  ],
  [
    'a title in one of two languages',
    { title: 'Calm Ward' },
    'title: lacks "es", which the study claims. Write { "en": "Calm Ward", "es": "…" }.',
  ],
  [
    'a title with an empty language',
    { 'title.es': ' ' },
    'title: lacks "es", which the study claims. Write { "en": "Calm Ward", "es": "…" }.',
  ],
  [
    'a title in a language that is not claimed',
    { 'title.fr': 'Salle calme' },
    'title: has "fr", which the study does not claim. Add the language to "languages", or remove the text.',
  ],
  [
    'a choice in one of two languages',
    { [`${FIRST}[1].choices[0].text`]: 'Nurse' },
    `${FIRST}[1].choices[0].text: lacks "es", which the study claims. Write { "en": "Nurse", "es": "…" }.`,
  ],
  [
    'a validator in one of two languages',
    { [`${FIRST}[4].validators[0].text.es`]: REMOVED },
    `${FIRST}[4].validators[0].text: lacks "es", which the study claims. Write { "en": "A letter and digits", "es": "…" }.`,
  ],
  [
    'a choice without words',
    { [`${FIRST}[1].choices[0]`]: 'nurse' },
    `${FIRST}[1].choices[0]: is "nurse" without words, so the value would be shown in every language. Write { "value": "nurse", "text": { "en": "…", "es": "…" } }.`,
  ],
  [
    'a column without words',
    { [`${SECOND}[4].elements[0].columns[1]`]: 'no' },
    `${SECOND}[4].elements[0].columns[1]: is "no" without words, so the value would be shown in every language. Write { "value": "no", "text": { "en": "…", "es": "…" } }.`,
  ],
  [
    'a row without words',
    { [`${SECOND}[4].elements[0].rows[0]`]: 'tired' },
    `${SECOND}[4].elements[0].rows[0]: is "tired" without words, so the value would be shown in every language. Write { "value": "tired", "text": { "en": "…", "es": "…" } }.`,
  ],
  [
    'a question without words',
    { [`${FIRST}[1].title`]: REMOVED },
    `${FIRST}[1]: has no title, so its name would be shown. Add "title": { "en": "…", "es": "…" }.`,
  ],
  ['no language', { languages: [] }, 'languages: is an empty list. List at least 1.'],
  ['languages that are no list', { languages: 'en' }, 'languages: is a text, not a list. Write a list.'],
  ['a language twice', { 'languages[2]': 'en' }, `languages[2]: is "en", ${AGAIN}`],
  [
    'a language that is no tag',
    { 'languages[1]': 'spanish' },
    'languages[1]: is "spanish". Name the language by its tag: "en", "es", "pt-BR".',
  ],
  [
    'markup in a title',
    { [`${FIRST}[1].title`]: both('Your <b>role</b>', 'Su función') },
    `${FIRST}[1].title: contains "<b>": ${MARKUP} Write plain text.`,
  ],
  [
    'an entity in a title',
    { [`${FIRST}[1].title`]: both('Your role', 'Su&nbsp;función') },
    `${FIRST}[1].title: contains "&nbsp;": ${MARKUP} Write plain text.`,
  ],
  [
    'an html question with tags',
    { [`${FIRST}[0].html`]: both('<p class="x">Welcome</p>', '<p>Hola</p>') },
    `${FIRST}[0].html: contains "<p class=\\"x\\">": ${MARKUP} Write Markdown: paragraphs, # headings, - lists, *emphasis* and [links](https://…).`,
  ],
  [
    'a link that leads elsewhere',
    { [`${FIRST}[0].html.en`]: 'Read [more](javascript:more)' },
    `${FIRST}[0].html: links to "javascript:more", which is not shown as a link. Link to an address that starts with https://, mailto: or tel:.`,
  ],

  // The form
  [
    'a form without anything',
    { 'screening.contact': {} },
    'screening.contact: has none of "pages" or "elements". Add the one that is meant.',
  ],
  [
    'a form with pages and elements',
    { 'screening.form.elements': [] },
    'screening.form: has "elements" and "pages", which exclude each other. Keep one of them.',
  ],
  [
    'a form that is a list',
    { 'screening.contact': [] },
    'screening.contact: is a list, not an object. Write an object.',
  ],
  ['an unknown property of a form', { 'screening.form.colours': [] }, `screening.form.colours: ${UNKNOWN} ${REMOVE}`],
  [
    'two pages of one name',
    { 'screening.form.pages[1].name': 'work' },
    `screening.form.pages[1].name: is "work", ${AGAIN}`,
  ],
  [
    'an unsupported question',
    { [`${FIRST}[4].type`]: 'thermometer' },
    `${FIRST}[4].type: is "thermometer", which the kit does not have. Use ${TYPES}.`,
  ],
  [
    'a question by half its type',
    { [`${FIRST}[4].type`]: 'radio' },
    `${FIRST}[4].type: is "radio", which the kit does not have. Did you mean "radiogroup"? It can be ${TYPES}.`,
  ],
  [
    'a question without a type',
    { [`${FIRST}[4].type`]: REMOVED },
    `${FIRST}[4].type: is missing. Add "type": ${TYPES}.`,
  ],
  [
    'an unsupported question in a panel',
    { [`${SECOND}[4].elements[1].type`]: 'thermometer' },
    `${SECOND}[4].elements[1].type: is "thermometer", which the kit does not have. Use ${TYPES}.`,
  ],
  [
    'a question that is a text',
    { [`${FIRST}[4]`]: 'badge' },
    `${FIRST}[4]: is a text, not an object. Write an object.`,
  ],
  [
    'a misspelt property',
    { [`${FIRST}[4].required`]: true },
    `${FIRST}[4].required: ${UNKNOWN} Did you mean "isRequired"?`,
  ],
  ['a property of another question', { [`${FIRST}[4].rateMax`]: 5 }, `${FIRST}[4].rateMax: ${UNKNOWN} ${REMOVE}`],
  [
    'an unknown property of a choice',
    { [`${FIRST}[1].choices[0].label`]: 'x' },
    `${FIRST}[1].choices[0].label: ${UNKNOWN} Use "value", "text", "visibleIf" or "enableIf", or remove it.`,
  ],
  [
    'yes for true',
    { [`${FIRST}[4].isRequired`]: 'yes' },
    `${FIRST}[4].isRequired: is a text, not true or false. Write true or false.`,
  ],
  ['no name', { [`${FIRST}[4].name`]: REMOVED }, `${FIRST}[4].name: is missing. Add "name": a text.`],
  ['an empty name', { [`${FIRST}[4].name`]: '' }, `${FIRST}[4].name: is empty. Write at least 1 character.`],
  [
    'a name twice',
    { [`${SECOND}[4].elements[1].name`]: 'badge' },
    `${SECOND}[4].elements[1].name: is "badge", which another element of this form has already. Give each element a name of its own: answers are kept by name.`,
  ],
  [
    'a reserved name',
    { [`${FIRST}[4].name`]: '__proto__' },
    `${FIRST}[4].name: is "__proto__", which is reserved. Choose another name.`,
  ],
  [
    'the name of the text beside "other"',
    { [`${FIRST}[4].name`]: 'role-Comment' },
    `${FIRST}[4].name: is "role-Comment", where the text beside "other" is kept. Choose a name that does not end in "-Comment".`,
  ],
  [
    'no choices',
    { [`${SECOND}[1].choices`]: REMOVED },
    `${SECOND}[1]: has no choices. Add "choices": a list of { "value", "text" }.`,
  ],
  ['a value twice', { [`${SECOND}[1].choices[1].value`]: 'day' }, `${SECOND}[1].choices[1]: is "day", ${AGAIN}`],
  [
    'a value that the question adds',
    { [`${SECOND}[1].choices[1].value`]: 'none' },
    `${SECOND}[1].choices[1]: has the value "none", which a choice added by this question has too. Give it another value, or remove the property that adds the choice.`,
  ],
  [
    'a site called like the way out',
    { [`${SECOND}[0].showNoneItem`]: true, 'sites[0].id': 'none' },
    `${SECOND}[0].choicesFrom: has the value "none", which a choice added by this question has too. Give it another value, or remove the property that adds the choice.`,
  ],
  [
    'a choice that is null',
    { [`${SECOND}[1].choices[0]`]: null },
    `${SECOND}[1].choices[0]: is null, not a text, a number, true or false or an object. Write a text, a number, true or false or an object.`,
  ],
  [
    'sites without sites',
    { sites: REMOVED },
    `${SECOND}[0].choicesFrom: is "sites", but the study names none. Add "sites" to the study, or write "choices" here.`,
  ],
  [
    'sites beside choices',
    { [`${SECOND}[0].choices`]: [1] },
    `${SECOND}[0].choices: stands beside "choicesFrom". Keep one of them: the sites of the study are the choices, or the choices written here.`,
  ],
  [
    'a default that is no choice',
    { [`${FIRST}[1].defaultValue`]: 'nurze' },
    `${FIRST}[1].defaultValue: is "nurze", which is not one of its values. Did you mean "nurse"? It can be "nurse", "physician", "other" or "refused".`,
  ],
  [
    'a default that is no list',
    { [`${SECOND}[1].defaultValue`]: 'day' },
    `${SECOND}[1].defaultValue: is "day". Write a list of its values.`,
  ],
  [
    'min above max',
    { [`${FIRST}[2].min`]: 120 },
    `${FIRST}[2].min: is 120, above "max" (110): no answer fits. Swap them.`,
  ],
  [
    'a number bounded by a text',
    { [`${FIRST}[2].min`]: '10' },
    `${FIRST}[2].min: is "10", which does not bound a "number". Numbers bound a "number", dates as "2026-01-31" a "date"; other inputs take "maxLength" or validators.`,
  ],
  [
    'a date bounded by a word',
    { [`${FIRST}[3].max`]: 'today' },
    `${FIRST}[3].max: is "today", which does not bound a "date". Numbers bound a "number", dates as "2026-01-31" a "date"; other inputs take "maxLength" or validators.`,
  ],
  ['a step of nothing', { [`${FIRST}[2].step`]: 0 }, `${FIRST}[2].step: is 0. Give a number above 0, or remove it.`],
  [
    'an unsupported input',
    { [`${FIRST}[4].inputType`]: 'password' },
    `${FIRST}[4].inputType: is "password". Use "text", "email", "tel", "number" or "date".`,
  ],
  [
    'a bad regular expression',
    { [`${FIRST}[4].validators[0].regex`]: '^[A-Z' },
    `${FIRST}[4].validators[0].regex: is not a regular expression: /^[A-Z/: Unterminated character class. Correct it, or use another validator.`,
  ],
  [
    'an unknown validator',
    { [`${FIRST}[4].validators[0].type`]: 'regexp' },
    `${FIRST}[4].validators[0].type: is "regexp", which the kit does not have. Did you mean "regex"? It can be "numeric", "text", "answercount", "regex", "email" or "expression".`,
  ],
  [
    'a validator that nothing passes',
    { [`${FIRST}[4].validators[0]`]: { type: 'text', minLength: 9, maxLength: 3 } },
    `${FIRST}[4].validators[0].minLength: is 9, above "maxLength" (3): no answer fits. Swap them.`,
  ],
  [
    'an answer count that nothing passes',
    { [`${SECOND}[1].validators`]: [{ type: 'answercount', minCount: 2, maxCount: 1 }] },
    `${SECOND}[1].validators[0].minCount: is 2, above "maxCount" (1): no answer fits. Swap them.`,
  ],
  [
    'more choices at least than at most',
    { [`${SECOND}[1].minSelectedChoices`]: 2, [`${SECOND}[1].maxSelectedChoices`]: 1 },
    `${SECOND}[1].minSelectedChoices: is 2, above "maxSelectedChoices" (1): no answer fits. Swap them.`,
  ],
  [
    'a scale upside down',
    { [`${SECOND}[3].rateMin`]: 10, [`${SECOND}[3].rateMax`]: 1 },
    `${SECOND}[3]: has no scale: from 10 to 1 in steps of 1. Let "rateMax" be above "rateMin", with at most 100 steps between them.`,
  ],
  [
    'a scale without end',
    { [`${SECOND}[3].rateStep`]: 0.001 },
    `${SECOND}[3]: has no scale: from 0 to 10 in steps of 0.001. Let "rateMax" be above "rateMin", with at most 100 steps between them.`,
  ],
  [
    'a scale that contradicts itself',
    { [`${SECOND}[3].rateCount`]: 5 },
    `${SECOND}[3].rateCount: is 5, but the scale has 11 steps. Remove it: "rateMin", "rateMax" and "rateStep" say it all.`,
  ],
  [
    'a matrix without rows',
    { [`${SECOND}[4].elements[0].rows`]: [] },
    `${SECOND}[4].elements[0].rows: is an empty list. List at least 1.`,
  ],
  [
    'a reserved row',
    { [`${SECOND}[4].elements[0].rows[0].value`]: 'toString' },
    `${SECOND}[4].elements[0].rows[0]: is "toString", which is reserved. Choose another value.`,
  ],

  // The criteria
  [
    'a misspelt part',
    { 'screening.enrollment': 'self', 'screening.enrolment': REMOVED },
    `screening.enrollment: ${UNKNOWN} Did you mean "enrolment"?`,
  ],
  ['no criteria', { [CRITERIA]: [] }, `${CRITERIA}: is an empty list. List at least 1.`],
  ['a criterion twice', { [`${CRITERIA}[2].id`]: 'adult' }, `${CRITERIA}[2].id: is "adult", ${AGAIN}`],
  [
    'a kind of its own',
    { [`${CRITERIA}[2].kind`]: 'excluded' },
    `${CRITERIA}[2].kind: is "excluded". Use "inclusion" or "exclusion".`,
  ],
  [
    'an unknown operator',
    { [`${CRITERIA}[0].when`]: { question: 'adult', is: true } },
    `${CRITERIA}[0].when.is: ${UNKNOWN} Use "equals", "anyOf", "includes", "atLeast" or "atMost".`,
  ],
  [
    'a misspelt operator',
    { [`${CRITERIA}[1].when.any[1]`]: { question: 'age', atleast: 60 } },
    `${CRITERIA}[1].when.any[1].atleast: ${UNKNOWN} Did you mean "atLeast"?`,
  ],
  [
    'no operator',
    { [`${CRITERIA}[0].when`]: { question: 'adult' } },
    `${CRITERIA}[0].when: has none of "equals", "anyOf", "includes", "atLeast" or "atMost". Add the one that is meant.`,
  ],
  [
    'two operators',
    { [`${CRITERIA}[0].when.anyOf`]: [true] },
    `${CRITERIA}[0].when: has "anyOf" and "equals", which exclude each other. Keep one of them.`,
  ],
  [
    'a misspelt question of a condition',
    { [`${CRITERIA}[0].when`]: { quesiton: 'adult', equals: true } },
    `${CRITERIA}[0].when.quesiton: ${UNKNOWN} Did you mean "question"?`,
  ],
  ['a condition that is a text', { [`${CRITERIA}[0].when`]: 'adult' }, `${CRITERIA}[0].when: is a text. ${CONDITIONS}`],
  [
    'a condition that is a list',
    { [`${CRITERIA}[2].when.not`]: [] },
    `${CRITERIA}[2].when.not: is a list. ${CONDITIONS}`,
  ],
  [
    'a condition on an unknown question',
    { [`${CRITERIA}[0].when.question`]: 'adlut' },
    `${CRITERIA}[0].when.question: is "adlut", which the form does not ask. Did you mean "adult"? It asks "role", "age", "since", "badge", "home", "shifts", "adult", "stress", "week" and "words".`,
  ],
  [
    'a value that a question never answers',
    { [`${CRITERIA}[1].when.any[0].anyOf[1]`]: 'phsyician' },
    `${CRITERIA}[1].when.any[0].anyOf[1]: is "phsyician", which "role" never answers. Did you mean "physician"? It can be "nurse", "physician", "other" or "refused".`,
  ],
  [
    'true as a text',
    { [`${CRITERIA}[0].when.equals`]: 'true' },
    `${CRITERIA}[0].when.equals: is "true", which "adult" never answers. Did you mean true? It can be true or false.`,
  ],
  [
    'a number as a text',
    { [`${CRITERIA}[0].when`]: { question: 'age', equals: '18' } },
    `${CRITERIA}[0].when.equals: is "18", which "age" never answers. Compare with a number.`,
  ],
  [
    'a date that is none',
    { [`${CRITERIA}[0].when`]: { question: 'since', equals: 'May' } },
    `${CRITERIA}[0].when.equals: is "May", which "since" never answers. Compare with a date as "2026-01-31".`,
  ],
  [
    'a text that is a number',
    { [`${CRITERIA}[0].when`]: { question: 'badge', includes: 7 } },
    `${CRITERIA}[0].when.includes: is 7, which "badge" never answers. Compare with a text.`,
  ],
  [
    'a step that the scale does not have',
    { [`${CRITERIA}[0].when`]: { question: 'stress', equals: 11 } },
    `${CRITERIA}[0].when.equals: is 11, which "stress" never answers. Use 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or 10.`,
  ],
  [
    'one value where several go',
    { [`${CRITERIA}[1].when.any[0].anyOf`]: 'nurse' },
    `${CRITERIA}[1].when.any[0].anyOf: is a text, not a list. Write a list.`,
  ],
  [
    'a bound that is no number',
    { [`${CRITERIA}[1].when.any[1].atLeast`]: '60' },
    `${CRITERIA}[1].when.any[1].atLeast: is "60". Compare with a number, or with a date as "2026-01-31".`,
  ],
  [
    'a number compared with a date',
    { [`${CRITERIA}[1].when.any[1].atLeast`]: '2020-01-01' },
    `${CRITERIA}[1].when.any[1].atLeast: is "2020-01-01", but "age" is answered with a number. Compare with a number.`,
  ],
  [
    'choices compared by order',
    { [`${CRITERIA}[1].when.any[1].question`]: 'role' },
    `${CRITERIA}[1].when.any[1].atLeast: is 60, but "role" is answered with a choice. Choices have no order: use "equals" or "anyOf".`,
  ],
  [
    'a text compared by order',
    { [`${CRITERIA}[1].when.any[1].question`]: 'badge' },
    `${CRITERIA}[1].when.any[1].atLeast: is 60, but "badge" is answered with a text. Only numbers, dates and ratings have an order: give the question an "inputType", or use "equals" or "anyOf".`,
  ],
  [
    'a matrix that decides',
    { [`${CRITERIA}[0].when`]: { question: 'week', equals: 'yes' } },
    `${CRITERIA}[0].when.question: is "week", which has an answer per row. Ask what decides in a question of its own.`,
  ],
  [
    'a hidden question that decides',
    { [`${SECOND}[2].visible`]: false },
    `${CRITERIA}[0].when.question: is "adult", which is never shown, so this is always false. Remove "visible": false there, or the condition here.`,
  ],
  [
    'two mistakes',
    { version: 'one', [`${CRITERIA}[0].kind`]: 'inclusive' },
    'version: is "one". Use three numbers: "1.0.0".',
    `${CRITERIA}[0].kind: is "inclusive". Did you mean "inclusion"? It can be "inclusion" or "exclusion".`,
  ],
];

/** What is no study file at all. */
const strangers: readonly (readonly [name: string, text: string, line: string])[] = [
  ['nothing', '', 'is not JSON. It is empty: did the upload fail?'],
  ['blanks', ' \n', 'is not JSON. It is empty: did the upload fail?'],
  [
    'an HTML page',
    '\n<!doctype html><title>Sign in</title>',
    'is not JSON. It starts like an HTML page: does the address lead to a sign-in or an error page?',
  ],
  ['5 MB', `"${'x'.repeat(5 << 20)}"`, 'is 5.0 MB long. A study file has at most 1 MB: is this the right file?'],
  ['a list', '[1]', 'is a list, not an object. A study file is one object: { "id": …, "version": …, … }.'],
  ['null', 'null', 'is null, not an object. A study file is one object: { "id": …, "version": …, … }.'],
  [
    'a form',
    '{ "title": "Survey", "pages": [] }',
    'is JSON, but not a study file. It looks like a form: a study file holds one as "screening.form".',
  ],
  [
    'a file of another kind',
    '{ "name": "steady-kit", "version": "1.0.0", "dependencies": {} }',
    'is JSON, but not a study file. A study file starts with "id", "version", "title", "languages" and "contacts": is this the right file?',
  ],
];

function linesOf(parse: () => unknown): string[] {
  try {
    parse();
    return [];
  } catch (error) {
    return linesIn(error);
  }
}

function linesIn(error: unknown): string[] {
  assert.ok(error instanceof StudyError, String(error));
  assert.equal(error.code, 'bad-study');
  assert.equal(error.message, error.problems.map(describeProblem).join('\n'));
  return error.problems.map(describeProblem);
}

describe('a broken study file', () => {
  it('is compared with one that is good', () => {
    assert.deepEqual(
      linesOf(() => parseStudy(JSON.stringify(exampleStudy()), 'calm.study.json')),
      [],
    );
  });

  for (const [name, changes, ...lines] of mistakes) {
    it(`${name}: names file, place and fix`, () => {
      const text = JSON.stringify(changedStudy(changes));
      assert.deepEqual(
        linesOf(() => parseStudy(text, 'calm.study.json')),
        lines.map((line) => `calm.study.json: ${line}`),
      );
    });
  }

  for (const [name, text, line] of strangers) {
    it(`${name}: is refused whole, by the element as well`, async () => {
      const lines = [`calm.study.json: ${line}`];
      assert.deepEqual(
        linesOf(() => parseStudy(text, 'calm.study.json')),
        lines,
      );
      await assert.rejects(readScreeningStudy(text, 'calm.study.json'), (error) => {
        assert.deepEqual(linesIn(error), lines);
        return true;
      });
    });
  }

  it('not JSON: says where the parser stopped, on one line', () => {
    const [line = '', ...others] = linesOf(() => parseStudy('{\n "id": \n}', 'calm.study.json'));
    assert.match(line, /^calm\.study\.json: is not JSON\. The parser stopped here: Unexpected token '}'.*\.$/);
    assert.deepEqual(others, []);
  });

  it('keeps the head where that much can be read: whom a participant can ask all the same', () => {
    const failure = (change: Changes) => {
      try {
        return parseStudy(JSON.stringify(changedStudy(change)), 'calm.study.json');
      } catch (error) {
        return error;
      }
    };
    const half = failure({ screening: 'none' });
    assert.ok(half instanceof StudyError);
    assert.equal(half.head?.contacts.length, 2);
    const headless = failure({ id: 5 });
    assert.ok(headless instanceof StudyError);
    assert.equal(headless.head, undefined);
  });
});
