import { type Finding, repeated } from '../study/finding.ts';
import { list, nearest, show } from '../study/wording.ts';
import { lintBands } from './lint-bands.ts';
import { lintTexts } from './lint-texts.ts';
import { optionsOf } from './options.ts';
import type { Instrument, Item, Subscale } from './schema.ts';

/** What a file of the right shape can still have wrong: names that lead nowhere, rules that cannot be carried out. */
export function lintInstrument(instrument: Instrument): Finding[] {
  const shape = [
    ...repeated(instrument.languages, ['languages'], (language) => language),
    ...repeated(instrument.items, ['items'], ({ id }) => id, 'id'),
    ...repeated(instrument.subscales, ['subscales'], ({ id }) => id, 'id'),
    ...lintOptionSets(instrument),
    ...instrument.items.flatMap((item, index) => lintItem(instrument, item, ['items', index])),
  ];
  const subscales = instrument.subscales.flatMap((one, index) => lintSubscale(instrument, one, ['subscales', index]));
  // A score's bounds follow from items and options: they are judged when those are sound.
  const ranges =
    shape.length + subscales.length > 0
      ? []
      : instrument.subscales.flatMap((one, index) => lintRange(instrument, one, ['subscales', index]));
  return [
    ...shape,
    ...subscales,
    ...ranges,
    ...lintBands(instrument),
    ...lintSafety(instrument),
    ...lintTexts(instrument),
  ];
}

type Path = readonly PropertyKey[];

function lintOptionSets({ items, optionSets }: Instrument): Finding[] {
  return Object.entries(optionSets).flatMap(([id, options]) => [
    ...repeated(options, ['optionSets', id], ({ value }) => value, 'value'),
    ...(items.some((item) => item.options === id)
      ? []
      : [
          {
            path: ['optionSets', id],
            message: 'answers no item.',
            fix: 'Name it as "options" of an item, or remove it.',
          },
        ]),
  ]);
}

function lintItem(instrument: Instrument, item: Item, path: Path): Finding[] {
  if (!Object.hasOwn(instrument.optionSets, item.options)) {
    return [noSuch([...path, 'options'], item.options, 'an option set', Object.keys(instrument.optionSets))];
  }
  const values = optionsOf(instrument, item).map(({ value }) => value);
  if (!item.reverse || isSymmetric(values)) return [];
  return [
    {
      path: [...path, 'reverse'],
      message: `is true, but its options ${list(values, 'and')} are not symmetric: lowest plus highest minus a value is none of them.`,
      fix: 'Give it options in even steps, or remove "reverse".',
    },
  ];
}

function isSymmetric(values: readonly number[]): boolean {
  const ends = Math.min(...values) + Math.max(...values);
  return values.every((value) => values.includes(ends - value));
}

function lintSubscale(instrument: Instrument, subscale: Subscale, path: Path): Finding[] {
  const { items, minAnswered, kitMinAnswered, requires = [] } = subscale;
  const known = instrument.items.map(({ id }) => id);
  const others = instrument.subscales.map(({ id }) => id);
  return [
    ...repeated(items, [...path, 'items'], (item) => item),
    ...items.flatMap((item, index) =>
      known.includes(item) ? [] : [noSuch([...path, 'items', index], item, 'an item', known)],
    ),
    ...repeated(requires, [...path, 'requires'], (other) => other),
    ...requires.flatMap((other, index) =>
      others.includes(other) ? [] : [noSuch([...path, 'requires', index], other, 'a subscale', others)],
    ),
    ...(requiredBy(instrument, subscale.id).has(subscale.id)
      ? [{ path: [...path, 'requires'], message: 'leads back to this subscale.', fix: 'Remove the circle.' }]
      : []),
    ...tooMany([...path, 'minAnswered'], minAnswered, items.length),
    ...(kitMinAnswered === undefined ? [] : tooMany([...path, 'kitMinAnswered'], kitMinAnswered, items.length)),
    ...(kitMinAnswered !== undefined && kitMinAnswered <= minAnswered
      ? [
          {
            path: [...path, 'kitMinAnswered'],
            message: `is ${kitMinAnswered}, no stricter than "minAnswered".`,
            fix: 'Remove it, or write a larger number.',
          },
        ]
      : []),
    ...lintMissing(instrument, subscale, path),
  ];
}

/** Every subscale that this one needs, itself where they lead back to it. */
function requiredBy({ subscales }: Instrument, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const other of subscales.find((one) => one.id === from)?.requires ?? []) {
      if (found.has(other)) continue;
      found.add(other);
      visit(other);
    }
  };
  visit(id);
  return found;
}

function tooMany(path: Path, count: number, items: number): Finding[] {
  return count <= items
    ? []
    : [{ path, message: `is ${count}, but the subscale has ${items} items.`, fix: `Write ${items} or less.` }];
}

/** What stands for a missing item must be a rule, one rule, and give a value that an answer could have given. */
function lintMissing(instrument: Instrument, subscale: Subscale, path: Path): Finding[] {
  const { impute, items, method, minAnswered, prorate } = subscale;
  if (prorate && impute !== undefined) {
    return [{ path: [...path, 'impute'], message: 'stands beside "prorate".', fix: 'Keep one of them.' }];
  }
  if (prorate && method === 'mean') {
    return [
      {
        path: [...path, 'prorate'],
        message: 'is of no effect on a mean.',
        fix: 'Remove it: a mean is of the answered items.',
      },
    ];
  }
  if (method === 'sum' && !prorate && impute === undefined && minAnswered < items.length) {
    return [
      {
        path: [...path, 'minAnswered'],
        message: `is ${minAnswered}, but a sum over fewer than its ${items.length} items is none.`,
        fix: `Write ${items.length}, or say by "prorate" or "impute" what stands for the missing.`,
      },
    ];
  }
  if (impute === undefined) return [];
  return items.flatMap((id): Finding[] => {
    const item = instrument.items.find((one) => one.id === id);
    const values = item === undefined ? [] : optionsOf(instrument, item).map(({ value }) => value);
    return values.length === 0 || values.includes(impute)
      ? []
      : [
          {
            path: [...path, 'impute'],
            message: `is ${impute}, which is no option of ${show(id)}.`,
            fix: `Use ${list(values)}.`,
          },
        ];
  });
}

function lintRange(instrument: Instrument, subscale: Subscale, path: Path): Finding[] {
  const { method, multiply = 1, offset = 0, range } = subscale;
  const values = subscale.items.map((id) => {
    const item = instrument.items.find((one) => one.id === id);
    return item === undefined ? [] : optionsOf(instrument, item).map((option) => option.value + offset);
  });
  const bound = (of: (...numbers: number[]) => number): number => {
    const sum = values.reduce((total, each) => total + of(...each), 0);
    return (method === 'mean' ? sum / values.length : sum) * multiply;
  };
  const [min, max] = [bound(Math.min), bound(Math.max)];
  const isRight = Math.abs(min - range.min) < 1e-6 && Math.abs(max - range.max) < 1e-6;
  return isRight
    ? []
    : [
        {
          path: [...path, 'range'],
          message: `is ${range.min} to ${range.max}, but its items give ${min} to ${max}.`,
          fix: 'Mend the range, the options or the rule: one of them is not the published one.',
        },
      ];
}

function lintSafety(instrument: Instrument): Finding[] {
  return (instrument.safety ?? []).flatMap(({ item: id, answers }, index): Finding[] => {
    const path = ['safety', index];
    const item = instrument.items.find((one) => one.id === id);
    const known = instrument.items.map((one) => one.id);
    if (item === undefined) return [noSuch([...path, 'item'], id, 'an item', known)];
    const values = optionsOf(instrument, item).map(({ value }) => value);
    return answers.flatMap((answer, at): Finding[] =>
      values.includes(answer)
        ? []
        : [
            {
              path: [...path, 'answers', at],
              message: `is ${answer}, which is no option of ${show(id)}.`,
              fix: `Use ${list(values)}.`,
            },
          ],
    );
  });
}

/** A name that leads nowhere. */
export function noSuch(path: Path, found: string, what: string, known: readonly string[], of = 'this file'): Finding {
  const meant = nearest(found, known);
  return {
    path,
    message: `is ${show(found)}, which is not ${what} of ${of}.`,
    fix: meant === undefined ? `Use ${list(known)}.` : `Did you mean ${show(meant)}?`,
  };
}
