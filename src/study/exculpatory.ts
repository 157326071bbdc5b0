/**
 * Words by which a consent document would make people give up their rights or free somebody of liability, which
 * 45 CFR 46.116(a)(6) forbids. A search for words, not a judgement: what it does not find is still for the author and the
 * board to read.
 */

/** Giving something away; harmless where it is denied: "You do not give up any rights." */
const GIVING_UP: readonly RegExp[] = [
  // English
  /\bwaiv(?:e|es|ed|er|ers|ing)\b/i,
  /\b(?:give|gives|giving|sign|signs|signing) (?:up|away) (?:\w+ ){0,4}rights?\b/i,
  /\breleas(?:e|es|ed|ing)\b[^.]{0,80}\b(?:from|of) (?:\w+ ){0,3}(?:liability|responsibility|claims?)\b/i,
  /\bhold(?:s|ing)? (?:\w+ ){0,6}harmless\b/i,
  // Spanish
  /\brenunci(?:a|ar|as|an|o|ando|e|amos)\b[^.]{0,60}\b(?:derechos?|reclam\w+|indemniza\w+|demanda\w*)/i,
  /\bceder?\b[^.]{0,40}\bderechos\b/i,
  /\b(?:exim(?:e|ir|o|en)|exoner(?:a|ar|o|an)|liber(?:a|ar|o|an))\b[^.]{0,60}\bresponsabilidad\b/i,
];

/** Denying a duty; harmless where it is the participant's own: "You are not responsible for any costs." */
const DENYING: readonly RegExp[] = [
  /\b(?:not|never) (?:be )?(?:held )?(?:liable|responsible)\b/i,
  /\bno (?:se (?:hace|hacen)|será|serán|es|son) responsables?\b/i,
];

/** A denial that stands at most three words before. */
const DENIED =
  /(?:\b(?:not|never|nor|without|no|cannot|nobody|nunca|sin|tampoco|nadie)|n['’]t)(?:\s+[\p{L}’']+){0,3}\s*$/iu;
const OF_YOU = /\b(?:you|usted|ustedes)(?:\s+[\p{L}’']+){0,3}\s*$/iu;

/** The first such words in a text; undefined where there are none. */
export function exculpatoryWords(text: string): string | undefined {
  for (const sentence of text.split(/(?<=[.!?;:])\s+|\n{2,}/)) {
    const found = firstOf(GIVING_UP, sentence, DENIED) ?? firstOf(DENYING, sentence, OF_YOU);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstOf(patterns: readonly RegExp[], sentence: string, harmless: RegExp): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(sentence);
    if (found !== null && !harmless.test(sentence.slice(0, found.index))) return found[0];
  }
  return undefined;
}
