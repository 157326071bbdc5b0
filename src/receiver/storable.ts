/** A text as every engine keeps it: PostgreSQL has no place for NUL. The body, where it is kept, has it escaped. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
