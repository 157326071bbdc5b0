/** A language's name in another, as the first word of a line: `Spanish`, `Inglés`. */
export function nameOfLanguage(language: string, reader: string): string {
  const name = new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(reader) + name.slice(1);
}
