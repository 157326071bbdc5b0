/**
 * The study's language for a reader: the one asked for by name, else the first that the browser prefers and the study
 * speaks, else the study's own first.
 *
 * @param header `Accept-Language` (RFC 9110, 12.5.4)
 */
export function languageFor(
  wanted: string | undefined,
  header: string | undefined,
  languages: readonly string[],
): string {
  const base = (tag: string) => tag.toLowerCase().split('-', 1)[0];
  const spoken = (tag: string) =>
    languages.find((language) => language.toLowerCase() === tag.toLowerCase()) ??
    languages.find((language) => base(language) === base(tag));
  const preferred = [...(wanted === undefined ? [] : [wanted]), ...preferences(header)];
  return preferred.map(spoken).find((language) => language !== undefined) ?? languages[0] ?? 'en';
}

function preferences(header = ''): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
