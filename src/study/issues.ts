import * as v from 'valibot';
import { ownWordsOf } from './own-words.ts';

/**
 * Everything that is wrong with a value by a schema, as data. The schema library stops at an object's first unknown
 * property and does not say which it knows; who mends a study file wants to hear all of it at once, so the schema is
 * walked here. What a schema says in its own words stays with the issue: it tells how to mend it.
 */
export type Issue = { readonly path: readonly PropertyKey[]; readonly words: string } & (
  | { readonly code: 'kind'; readonly expected: string }
  | { readonly code: 'unknown'; readonly keys: readonly string[]; readonly known: readonly string[] }
  | { readonly code: 'value'; readonly values: readonly unknown[] }
  | { readonly code: 'name' }
  | { readonly code: 'least' | 'most'; readonly bound: number }
  | { readonly code: 'form' }
  /** None of several forms: what is wrong by each. */
  | { readonly code: 'none-of'; readonly alternatives: readonly (readonly Issue[])[] }
  /** Told apart by one property, whose value none has. */
  | { readonly code: 'no-such'; readonly key: string; readonly values: readonly unknown[] }
);

export type Schema = v.GenericSchema<unknown, unknown>;

/** The library's schemas, as far as the kit uses them: plain objects, told apart by `type`. */
type Known =
  | v.ObjectSchema<Entries, undefined>
  | v.StrictObjectSchema<Entries, undefined>
  | v.ArraySchema<Schema, undefined>
  | v.RecordSchema<v.GenericSchema<string, string>, Schema, undefined>
  | v.UnionSchema<Schema[], string | undefined>
  | v.VariantSchema<string, v.StrictObjectSchema<Entries, undefined>[], undefined>
  | v.OptionalSchema<Schema, unknown>
  | v.LazySchema<Schema>
  | v.PicklistSchema<readonly string[], undefined>
  | v.LiteralSchema<string | number | boolean, undefined>
  | v.StringSchema<undefined>
  | v.NumberSchema<undefined>
  | v.BooleanSchema<undefined>
  | v.UnknownSchema;

type Entries = Readonly<Record<string, Schema>>;

/** @param path of the value, for the issues */
export function issuesOf(schema: Schema, value: unknown, path: readonly PropertyKey[] = []): readonly Issue[] {
  const issues = structuralIssues(schema, value, path);
  return issues.length > 0 ? issues : checksBroken(schema, value, path);
}

function structuralIssues(schema: Schema, value: unknown, path: readonly PropertyKey[]): readonly Issue[] {
  const known = schema as Known;
  const words = 'message' in known ? ownWordsOf(known.message) : '';
  const wrongKind: Issue = { code: 'kind', path, words, expected: known.type };
  switch (known.type) {
    case 'optional':
      return value === undefined ? [] : issuesOf(known.wrapped, value, path);
    case 'lazy':
      // Asked for the form that it would have: a value of another kind is then told which kind was wanted.
      return issuesOf(known.getter(undefined), value, path);
    case 'unknown':
      return [];
    case 'object':
    case 'strict_object':
      return isObject(value) ? objectIssues(known, value, path) : [{ ...wrongKind, expected: 'object' }];
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => issuesOf(known.item, item, [...path, index]))
        : [wrongKind];
    case 'record':
      return isObject(value) ? recordIssues(known, value, path) : [wrongKind];
    case 'union': {
      const alternatives = known.options.map((option) => issuesOf(option, value, path));
      return alternatives.some((issues) => issues.length === 0) ? [] : [{ code: 'none-of', path, words, alternatives }];
    }
    case 'variant':
      return isObject(value) ? variantIssues(known, value, path) : [{ ...wrongKind, expected: 'object' }];
    case 'picklist':
      return known.options.some((option) => option === value)
        ? []
        : [{ code: 'value', path, words, values: known.options }];
    case 'literal':
      return known.literal === value ? [] : [{ code: 'value', path, words, values: [known.literal] }];
    default:
      return isKind(known.type, value) ? [] : [wrongKind];
  }
}

function objectIssues(
  { type, entries }: { readonly type: string; readonly entries: Entries },
  value: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): readonly Issue[] {
  const known = Object.keys(entries);
  const inside = known.flatMap((key) => issuesOf(entries[key] ?? v.unknown(), value[key], [...path, key]));
  const keys = type === 'strict_object' ? Object.keys(value).filter((key) => !Object.hasOwn(entries, key)) : [];
  return keys.length > 0 ? [...inside, { code: 'unknown', path, words: '', keys, known }] : inside;
}

function recordIssues(
  schema: { readonly key: Schema; readonly value: Schema },
  value: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): readonly Issue[] {
  return Object.entries(value).flatMap(([key, part]): readonly Issue[] => {
    const name = issuesOf(schema.key, key, [...path, key]);
    if (name.length > 0) return [{ code: 'name', path: [...path, key], words: name[0]?.words ?? '' }];
    return issuesOf(schema.value, part, [...path, key]);
  });
}

type ObjectOption = { readonly type: string; readonly entries: Entries };
/** Of one option there may be several forms again, told apart by another property. */
type VariantOption = ObjectOption | Variant;
type Variant = { readonly type: 'variant'; readonly key: string; readonly options: readonly VariantOption[] };

function variantIssues(
  { key, options }: Variant,
  value: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): readonly Issue[] {
  const isMeant = ({ entries }: ObjectOption) => issuesOf(entries[key] ?? v.never(), value[key]).length === 0;
  const chosen = options.find((option) => objectsOf(option).some(isMeant));
  if (chosen) return isVariant(chosen) ? variantIssues(chosen, value, path) : objectIssues(chosen, value, path);
  const values = options.flatMap(objectsOf).flatMap(({ entries }) => {
    const type = entries[key] as Known | undefined;
    return type?.type === 'literal' ? [type.literal] : [];
  });
  return [{ code: 'no-such', path, words: '', key, values }];
}

function objectsOf(option: VariantOption): readonly ObjectOption[] {
  return isVariant(option) ? option.options.flatMap(objectsOf) : [option];
}

function isVariant(option: VariantOption): option is Variant {
  return 'options' in option;
}

/** What a value of the right kind still breaks: lengths, patterns and checks. */
function checksBroken(schema: Schema, value: unknown, path: readonly PropertyKey[]): readonly Issue[] {
  if (!('pipe' in schema)) return [];
  const issues = v.safeParse(schema, value).issues ?? [];
  return issues.map((issue): Issue => {
    const checked = issue as v.BaseIssue<unknown> & { readonly requirement?: unknown };
    const words = ownWords(schema, checked.type);
    const bound = Number(checked.requirement);
    if (checked.type === 'min_length' || checked.type === 'min_value') return { code: 'least', path, words, bound };
    if (checked.type === 'max_length' || checked.type === 'max_value') return { code: 'most', path, words, bound };
    return { code: 'form', path, words };
  });
}

/** The message that the schema itself gives to one of its checks; the library's own says nothing of how to mend. */
function ownWords(schema: Schema, type: string): string {
  const { pipe } = schema as Schema & {
    readonly pipe: readonly { readonly type: string; readonly message?: unknown }[];
  };
  const check = pipe.find((one) => one.type === type);
  return ownWordsOf(check?.message);
}

function isKind(type: string, value: unknown): boolean {
  return type === 'number' ? Number.isFinite(value) : typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
