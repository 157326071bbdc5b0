/** What a style sheet uses that the floor lacks: properties, their values, functions, units, at-rules, selectors. */
import { type CssNode, type Declaration, type Feature, type FeatureRange, generate, parse, walk } from 'css-tree';
import { compatibilityData, compatNode, compatOf, isLacked, type Lack, lackedBy, lacking } from './compatibility.ts';

/** Units whose support the data has under the name of their group. */
const unitGroups: readonly [pattern: RegExp, key: string][] = [
  [/^cq(?:w|h|i|b|min|max)$/, 'container_query_length_units'],
  [/^dv(?:w|h|i|b|min|max)$/, 'viewport_percentage_units_dynamic'],
  [/^lv(?:w|h|i|b|min|max)$/, 'viewport_percentage_units_large'],
  [/^sv(?:w|h|i|b|min|max)$/, 'viewport_percentage_units_small'],
];

/** Functions that every browser has had for so long that the data has no entry of its own for them. */
const ancientFunctions = new Set(['url', 'format', 'local']);

const colorFunctions = new Set(['rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch', 'color']);

/** @param place the file, as problems name it */
export function findStyleLacks(place: string, css: string): Lack[] {
  const lacks = new Map<string, Lack>();
  const add = (path: readonly string[], detail: string, prefixes?: ReadonlySet<string>): void => {
    const compat = compatOf(...path);
    const feature = path.join('.');
    const browsers = compat === undefined ? [] : lackedBy(compat, prefixes);
    if (browsers.length > 0) lacks.set(feature, { feature, place, detail: `${detail}: ${lacking(browsers)}` });
  };
  const unknown = (feature: string, detail: string): void => {
    lacks.set(feature, { feature, place, detail: `${detail}: unknown to the compatibility data` });
  };
  const report = { add, unknown };
  const onParseError = (error: Error): void => unknown('css.syntax', `cannot be read: ${error.message}`);
  const tree = parse(css, { parseCustomProperty: true, onParseError });
  walk(tree, function visit(node: CssNode) {
    switch (node.type) {
      case 'Declaration':
        // Inside of `@supports (…)` and `style(…)` a declaration is a question.
        if (this.block !== null) readDeclaration(node, siblingsOf(this.block), report);
        break;
      case 'Function':
        if (!isQuestion(this.atrulePrelude, this.atrule))
          readFunction(node.name.toLowerCase(), generate(node), this.declaration?.property, report);
        break;
      case 'Dimension':
        if (!isQuestion(this.atrulePrelude, this.atrule)) readUnit(node.unit.toLowerCase(), report);
        break;
      case 'PseudoClassSelector':
      case 'PseudoElementSelector':
        readSelector(node.name.toLowerCase(), generate(node), report);
        break;
      case 'Nth':
        if (node.selector !== null) add(['css', 'selectors', 'nth-child', 'of_syntax'], ':nth-child(… of …)');
        break;
      case 'NestingSelector':
        add(['css', 'selectors', 'nesting'], 'a nested rule');
        break;
      case 'Rule':
      case 'Atrule':
        if (this.rule !== null && this.rule !== node) add(['css', 'selectors', 'nesting'], 'a nested rule');
        if (node.type === 'Atrule') readAtRule(node.name.toLowerCase(), report);
        break;
      case 'Feature':
      case 'FeatureRange':
        if (node.kind === 'media') readMediaFeature(featureName(node), node.type === 'FeatureRange', report);
        break;
      case 'FeatureFunction':
        if (node.kind === 'container')
          add(['css', 'at-rules', 'container', 'style_queries_for_custom_properties'], 'style()');
        if (node.kind === 'supports') add(['css', 'at-rules', 'supports', node.feature], `@supports ${node.feature}()`);
        break;
    }
  });
  return [...lacks.values()];
}

/** What stands between `@supports` and its block is asked, not used. */
const isQuestion = (prelude: unknown, rule: { name: string } | null): boolean =>
  prelude !== null && rule?.name.toLowerCase() === 'supports';

/** `(width >= 400px)` and `(400px <= width)` hold the name as a word among their terms. */
function featureName(node: Feature | FeatureRange): string {
  if (node.type === 'Feature') return node.name;
  const terms: (CssNode | null)[] = [node.left, node.middle, node.right];
  return terms.find((term) => term?.type === 'Identifier')?.name ?? '';
}

type Report = {
  add(path: readonly string[], detail: string, prefixes?: ReadonlySet<string>): void;
  unknown(feature: string, detail: string): void;
};

const prefixPattern = /^-(?:webkit|moz|ms|o)-/;

/** The properties that are set in the same block. */
function siblingsOf(block: CssNode): Set<string> {
  const names = new Set<string>();
  if (block.type === 'Block')
    for (const child of block.children) if (child.type === 'Declaration') names.add(child.property);
  return names;
}

function readDeclaration(node: Declaration, siblings: ReadonlySet<string>, report: Report): void {
  const property = node.property.toLowerCase();
  if (property.startsWith('--')) return;
  const path = ['css', 'properties', property];
  const prefix = prefixPattern.exec(property)?.[0];
  // A prefixed property beside the standard one is for the browsers that know only that; it is judged with the other.
  if (prefix !== undefined && siblings.has(property.slice(prefix.length))) return;
  if (compatNode(path) === undefined) {
    report.unknown(path.join('.'), property);
    return;
  }
  const prefixes = [...siblings].flatMap((other) => {
    const known = prefixPattern.exec(other)?.[0];
    return known !== undefined && other === known + property ? [known] : [];
  });
  report.add(path, property, new Set(prefixes));
  const words: string[] = [];
  walk(node.value, (part) => {
    if (part.type === 'Identifier') words.push(part.name.toLowerCase());
  });
  for (const word of words) readWord(path, property, word, report);
  if (property === 'display' && words.length > 1) report.add([...path, 'multi-keyword_values'], generate(node));
}

function readWord(path: readonly string[], property: string, word: string, report: Report): void {
  const written = `${property}: ${word}`;
  if (compatOf(...path, word) !== undefined) report.add([...path, word], written);
  else if (compatOf('css', 'types', 'global_keywords', word))
    report.add(['css', 'types', 'global_keywords', word], written);
  else if (compatOf('css', 'types', 'color', 'system-color', word))
    report.add(['css', 'types', 'color', 'system-color', word], written);
  else if (compatOf('css', 'types', 'color', word)) report.add(['css', 'types', 'color', word], written);
  // Of a shorthand the data may have the word under a longhand alone, or tell the truth there alone: `allow-discrete` of
  // `transition`. It is new where every longhand that takes it lacks it.
  const longhands = Object.keys(compatibilityData.css.properties ?? {})
    .filter((other) => other.startsWith(`${property}-`))
    .map((other) => ['css', 'properties', other, word]);
  const [first, ...rest] = longhands.filter((other) => compatOf(...other) !== undefined);
  if (first !== undefined && [first, ...rest].every(isLacked)) report.add(first, written);
}

/** By the name of a function its places among the types, and then among the properties; the shallowest first. */
const typePlaces = collectPlaces(['css', 'types'], compatibilityData.css.types ?? {});
const propertyPlaces = collectPlaces(['css', 'properties'], compatibilityData.css.properties ?? {});

function collectPlaces(path: string[], node: object): ReadonlyMap<string, string[][]> {
  const places = new Map<string, string[][]>();
  const visit = (at: string[], inner: object): void => {
    for (const [name, value] of Object.entries(inner)) {
      if (name === '__compat') continue;
      places.set(
        name,
        [...(places.get(name) ?? []), [...at, name]].sort((a, b) => a.length - b.length),
      );
      visit([...at, name], value);
    }
  };
  visit(path, node);
  return places;
}

function readFunction(name: string, written: string, property: string | undefined, report: Report): void {
  if (ancientFunctions.has(name)) return;
  // A keyword of the same name has the plain key then: `linear`.
  const candidates = [`${name}-function`, `${name}_function`, name];
  const places = candidates.flatMap((key) => [
    ['css', 'properties', property ?? '', key],
    ...(typePlaces.get(key) ?? []),
    ...(propertyPlaces.get(key) ?? []),
  ]);
  const place = places.find((path) => compatOf(...path) !== undefined);
  if (place === undefined) report.unknown(`css.types.${name}`, written);
  else report.add(place, `${name}()`);
  if (colorFunctions.has(name) && /^[\w-]+\(\s*from\b/.test(written))
    report.add(['css', 'types', 'color', name, 'relative_syntax'], written);
}

function readUnit(unit: string, report: Report): void {
  const key = unitGroups.find(([pattern]) => pattern.test(unit))?.[1] ?? unit;
  report.add(['css', 'types', 'length', key], `the unit ${unit}`);
}

function readSelector(name: string, written: string, report: Report): void {
  const path = ['css', 'selectors', name];
  if (compatOf(...path) !== undefined) report.add(path, written);
  else if (compatOf('css', 'selectors', `${name}function`) !== undefined)
    report.add(['css', 'selectors', `${name}function`], written);
  else report.unknown(path.join('.'), written);
}

function readAtRule(name: string, report: Report): void {
  const path = ['css', 'at-rules', name];
  if (compatOf(...path) === undefined) report.unknown(path.join('.'), `@${name}`);
  else report.add(path, `@${name}`);
}

function readMediaFeature(name: string, isRange: boolean, report: Report): void {
  if (isRange) report.add(['css', 'at-rules', 'media', 'range_syntax'], `a range in @media (${name})`);
  const path = ['css', 'at-rules', 'media', name.replace(/^(?:min|max)-/, '')];
  if (compatOf(...path) === undefined) report.unknown(path.join('.'), `@media (${name})`);
  else report.add(path, `@media (${name})`);
}
