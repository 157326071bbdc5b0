/**
 * Words by which a consent document would make people give up their rights or free somebody of liability, which
 * 45 CFR 46.116(a)(6) forbids. A search for words, not a judgement: what it does not find is still for the author and the
 * board to read.
 */
const EXCULPATORY: readonly RegExp[] = [
  // English
  /\bwaiv(?:e|es|ed|er|ers|ing)\b/i,
  /\b(?:give|gives|giving|sign|signs|signing) (?:up|away) (?:\w+ ){0,4}rights?\b/i,
  /\breleas(?:e|es|ed|ing)\b[^.]{0,80}\b(?:from|of) (?:\w+ ){0,3}(?:liability|responsibility|claims?)\b/i,
  /\bhold(?:s|ing)? (?:\w+ ){0,6}harmless\b/i,
  /\b(?:not|never) (?:be )?(?:held )?(?:liable|responsible)\b/i,
  // Spanish
  /\brenunci(?:a|ar|as|an|o|ando|e|amos)\b[^.]{0,60}\b(?:derechos?|reclam\w+|indemniza\w+|demanda\w*)/i,
  /\bceder?\b[^.]{0,40}\bderechos\b/i,
  /\b(?:exim(?:e|ir|o|en)|exoner(?:a|ar|o|an)|liber(?:a|ar|o|an))\b[^.]{0,60}\bresponsabilidad\b/i,
  /\bno (?:se (?:hace|hacen)|será|serán|es|son) responsables?\b/i,
];

/** "You do not give up any rights": said of what is kept, not of what is given away. */
const NEGATED = /\b(?:not|never|nor|without|no|nunca|sin|tampoco|n['’]t)(?:\s+[\p{L}’']+){0,3}\s*$/iu;

/** The first such words in a text; undefined where there are none. */
export function exculpatoryWords(text: string): string | undefined {
  for (const sentence of text.split(/(?<=[.!?;:])\s+|\n{2,}/)) {
    for (const words of EXCULPATORY) {
      const found = words.exec(sentence);
      if (found !== null && !NEGATED.test(sentence.slice(0, found.index))) return found[0];
    }
  }
  return undefined;
}
