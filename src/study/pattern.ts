/**
 * A regex validator's pattern, compiled. Unicode mode where the pattern is good in it (only there does `\p{L}` mean a
 * letter), else the older grammar, which SurveyJS uses.
 *
 * @throws SyntaxError where it is good in neither
 */
export function compilePattern(pattern: string, caseInsensitive = false): RegExp {
  const flags = caseInsensitive ? 'i' : '';
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch {
    return new RegExp(pattern, flags);
  }
}
