/** An instrument file as a site would write it: small, with everything that the format has. In two languages. */
export function sampleInstrument() {
  return {
    id: 'calm',
    version: '1.2.0',
    title: { en: 'How calm?', es: '¿Cuánta calma?' },
    ship: 'site',
    languages: ['en', 'es'],
    citation: 'Nobody. A scale made up for tests.',
    licence: { terms: 'Ours.', holder: 'Night Rest Study' },
    wording: 'high',
    recall: { en: 'last week', es: 'la última semana' },
    stem: { en: 'In the last week', es: 'En la última semana' },
    instructions: { en: 'Choose one.', es: 'Elija una.' },
    optionSets: {
      often: [
        { value: 0, text: { en: 'Never', es: 'Nunca' } },
        { value: 1, text: { en: 'Sometimes', es: 'A veces' } },
        { value: 2, text: { en: 'Always', es: 'Siempre' } },
      ],
      uneven: [
        { value: 0, text: { en: 'No', es: 'No' } },
        { value: 1, text: { en: 'A little', es: 'Un poco' } },
        { value: 4, text: { en: 'Very', es: 'Mucho' } },
      ],
    },
    items: [
      { id: 'a', text: { en: 'I was calm', es: 'Tuve calma' }, options: 'often' },
      { id: 'b', text: { en: 'I was restless', es: 'Tuve inquietud' }, options: 'often', reverse: true },
      { id: 'c', text: { en: 'I slept', es: 'Dormí' }, options: 'often' },
      { id: 'd', text: { en: 'I rested', es: 'Descansé' }, options: 'uneven' },
    ],
    subscales: [
      { id: 'calm', items: ['a', 'b'], method: 'mean', range: { min: 0, max: 2 }, higher: 'better', minAnswered: 1 },
      {
        id: 'rest',
        items: ['c', 'd'],
        method: 'sum',
        range: { min: 0, max: 6 },
        higher: 'better',
        minAnswered: 1,
        prorate: true,
      },
      {
        id: 'both',
        items: ['a', 'b', 'c', 'd'],
        method: 'sum',
        range: { min: 0, max: 10 },
        higher: 'better',
        minAnswered: 4,
        requires: ['calm', 'rest'],
      },
    ],
    missing: { rule: 'As said here.', basis: 'published' },
    bands: [
      { subscale: 'calm', min: 0, max: 1, minInclusive: true, maxInclusive: false, label: 'low', source: 'here' },
      { subscale: 'calm', min: 1, max: 2, minInclusive: true, maxInclusive: true, label: 'high', source: 'here' },
    ],
    coverage: 'full',
    safety: [{ item: 'c', answers: [0], why: 'No sleep.' }],
    notes: 'None.',
  };
}

/** Takes a property away. */
export const GONE = Symbol('gone');

/**
 * A copy with one place changed.
 *
 * @param place as `subscales.0.items`
 */
export function changed<File extends object>(file: File, place: string, value: unknown): File {
  const copy: File = structuredClone(file);
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<object>((inside, key) => {
    const next: unknown = Reflect.get(inside, key);
    if (typeof next !== 'object' || next === null) throw new Error(`There is no ${place}.`);
    return next;
  }, copy);
  if (value === GONE) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}
