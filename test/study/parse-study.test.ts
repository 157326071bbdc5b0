import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { elementsOf } from '../../src/study/form-walk.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import { readScreeningStudy } from '../../src/study/read-part.ts';
import { textIn } from '../../src/study/text.ts';
import { type Changes, changedStudy, exampleStudy, type Json, REMOVED } from '../support/studies.ts';

const FIRST = 'screening.form.pages[0].elements';
const SECOND = 'screening.form.pages[1].elements';

function parse(changes: Changes = {}) {
  return parseStudy(JSON.stringify(changedStudy(changes)), 'calm.study.json');
}

describe('parseStudy', () => {
  it('reads texts in every language', () => {
    const { title, languages } = parse();
    assert.deepEqual(
      ['en', 'es', 'es-MX', 'fr'].map((language) => textIn(title, language, languages)),
      ['Calm Ward', 'Sala tranquila', 'Sala tranquila', 'Calm Ward'],
    );
  });

  it('takes a plain string as the first language of a study that has one', () => {
    const languages: Json = ['es'];
    const contact: Json = { elements: [{ type: 'text', name: 'Correo' }] };
    const study = parseStudy(
      JSON.stringify({
        ...exampleStudy(),
        title: 'Sala tranquila',
        languages,
        resources: [],
        screening: {
          enrolment: 'self',
          contact,
          form: { elements: [{ type: 'radiogroup', name: '¿Trabaja aquí?', choices: ['Sí', 'No'] }] },
          criteria: [
            {
              id: 'here',
              kind: 'inclusion',
              wording: 'Trabaja aquí',
              when: { question: '¿Trabaja aquí?', equals: 'Sí' },
            },
          ],
        },
      }),
      'calm.study.json',
    );
    assert.equal(textIn(study.title, 'en', study.languages), 'Sala tranquila');
  });

  it('takes what has no letters as good for every language', () => {
    const { resources = [] } = parse({ 'resources[0].title': '988' });
    assert.equal(textIn(resources[0]?.title ?? {}, 'es', ['en', 'es']), '988');
  });

  it('puts the sites in the place of the choices that are to come from them', () => {
    const { screening } = parse();
    assert.ok(screening);
    const home = [...elementsOf(screening.form)].map(({ element }) => element).find(({ name }) => name === 'home');
    assert.ok(home?.type === 'dropdown');
    assert.equal(home.choicesFrom, undefined);
    assert.deepEqual(home.choices, [
      { value: 'north', text: { default: 'North House' } },
      { value: 'south', text: { default: 'South House' } },
    ]);
  });

  it('does not change what it was given twice', () => {
    const text = JSON.stringify(exampleStudy());
    assert.deepEqual(parseStudy(text, 'a'), parseStudy(text, 'b'));
  });

  it('reads a file that an editor began with a byte-order mark', () => {
    assert.equal(parseStudy(`\uFEFF${JSON.stringify(exampleStudy())}`, 'calm.study.json').id, 'calm-ward');
  });

  const good: readonly (readonly [string, Changes])[] = [
    ['a study without screening', { screening: REMOVED }],
    ['a study without $schema', { $schema: REMOVED }],
    ['$schema beside the file', { $schema: './study.schema.json' }],
    ['SurveyJS properties of appearance', { [`${FIRST}[1].colCount`]: 2, 'screening.form.showProgressBar': 'top' }],
    ['letters in a pattern', { [`${FIRST}[4].validators[0].regex`]: '^\\p{L}+$' }],
    ['a pattern in the older grammar only', { [`${FIRST}[4].validators[0].regex`]: '^[\\w-.]+\\-$' }],
    ['less-than in a text', { [`${FIRST}[2].title`]: { en: 'Age < 18 & up', es: 'Edad < 18 y > 10' } }],
    ['logic, for the form room to judge', { [`${FIRST}[2].visibleIf`]: "{role} = 'nurse'" }],
    ['the way out of a list of sites', { [`${SECOND}[0].showNoneItem`]: true }],
    ['a scale of its own words', { [`${SECOND}[3].rateValues`]: [{ value: 1, text: { en: 'Low', es: 'Bajo' } }, 2] }],
    ['a default of several', { [`${SECOND}[1].defaultValue`]: ['day', 'none'] }],
    ['a criterion on a declined answer', { 'screening.criteria[0].when': { question: 'role', equals: 'refused' } }],
    ['a criterion on a home', { 'screening.criteria[0].when': { question: 'home', anyOf: ['north'] } }],
    ['a criterion on one of several', { 'screening.criteria[0].when': { question: 'shifts', includes: 'night' } }],
    ['a criterion on a number', { 'screening.criteria[0].when': { question: 'age', anyOf: [18, 19] } }],
    ['a criterion on a day', { 'screening.criteria[0].when': { question: 'since', equals: '2024-05-01' } }],
    ['a criterion on a text', { 'screening.criteria[0].when': { question: 'words', equals: 'May' } }],
    [
      'a criterion on a calculated value',
      {
        'screening.form.calculatedValues': [{ name: 'years', expression: '{age} - 18' }],
        'screening.criteria[0].when': { question: 'years', atLeast: 0 },
      },
    ],
    ['a criterion on a rating', { 'screening.criteria[0].when': { question: 'stress', atLeast: 7 } }],
    [
      'a criterion on a number among choices, one of which declines',
      {
        [`${SECOND}[0]`]: {
          type: 'radiogroup',
          name: 'homes',
          title: { en: 'How many?', es: '¿Cuántos?' },
          choices: [1, 2, 3],
          showRefuseItem: true,
        },
        'screening.criteria[0].when': { question: 'homes', atMost: 2 },
      },
    ],
  ];
  for (const [name, changes] of good) {
    it(`accepts ${name}`, () => {
      assert.equal(parse(changes).id, 'calm-ward');
    });
  }
});

describe('readScreeningStudy', () => {
  it('reads what the screener needs, whatever else the file holds', async () => {
    const later = { ...exampleStudy(), mode: 'test', assessments: [{ anything: true }] };
    const { mode, ...study } = await readScreeningStudy(JSON.stringify(later), 'https://example.org/studies/calm-ward');
    const { $schema, ...whole } = parse();
    assert.equal(mode, 'test');
    assert.deepEqual(study, whole);
    assert.notEqual($schema, undefined);
  });

  it('needs a screening part', async () => {
    await assert.rejects(readScreeningStudy(JSON.stringify(changedStudy({ screening: REMOVED })), 'calm.study.json'), {
      name: 'StudyError',
      message: 'calm.study.json: screening: is missing. Add "screening": an object.',
    });
  });

  it('hands on whom a participant can ask when the rest cannot be read', async () => {
    const broken = JSON.stringify(changedStudy({ 'screening.enrolment': REMOVED }));
    await assert.rejects(readScreeningStudy(broken, 'calm.study.json'), (error) => {
      assert.ok(error instanceof Error && 'head' in error);
      assert.equal(Reflect.get(Object(error.head), 'id'), 'calm-ward');
      return true;
    });
  });
});
