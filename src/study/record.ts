import * as v from 'valibot';

/** An object of values by name. A list is none, though the library's own record takes one for an object. */
export function recordOf<Value>(
  key: v.GenericSchema<string, string>,
  value: v.GenericSchema<unknown, Value>,
): v.GenericSchema<unknown, Record<string, Value>> {
  const record = v.record(key, value);
  const none = v.never();
  return v.lazy((input) => (Array.isArray(input) ? none : record));
}
