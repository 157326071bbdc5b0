/** What people may write, and what breaks tables: formulas, line breaks, quotes, emoji, right-to-left text, and 100 KB of it. */
export const HOSTILE_TEXTS: readonly string[] = [
  '=cmd|"/C calc"!A0',
  "'=1",
  '-2+3',
  'line\r\nbreak, "quoted"; done',
  '😀 ﷽ עברית \u202Eabc',
  '\t@x',
];

/** 100,000 bytes in UTF-8, and it begins as a formula does. */
export const LONG_TEXT = `=${'á'.repeat(49_999)}!`;
