import type { Study } from '../../study/schema.ts';
import type { Funnel } from './count-funnel.ts';
import type { FollowUpCounts } from './follow-up-counts.ts';
import { armTitle, assessmentTitle, funnelRows, withNothing } from './funnel-rows.ts';

/**
 * The flow diagram of CONSORT 2010 (Schulz, Altman, Moher, BMJ 2010;340:c332), drawn by hand: boxes, lines and text, in the colours of
 * whoever looks. It is one image with a name; its description is the whole table, for who cannot see it.
 */

const WIDTH = 260;
const GAP = 28;
const LINE = 18;
const PADDING = 12;
/** Characters in a line of a box, at the width of the font's widest common letters. */
const CHARACTERS = 32;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}

type Titles = Pick<Study, 'title' | 'languages' | 'arms' | 'assessments' | 'screening'>;

export function consortSvg(funnel: Funnel, study: Titles): string {
  const { screened, enrolled, trial, arms } = funnel;
  const columns: readonly ({ readonly title: string } & FollowUpCounts)[] =
    arms === undefined
      ? [{ title: 'In the trial', ...trial }]
      : arms.map(({ arm, ...counts }) => ({ title: armTitle(arm, study), ...counts }));
  const step = WIDTH + GAP;
  const width = Math.max(columns.length, 2) * step + GAP;
  const middle = (width - WIDTH) / 2;

  const assessed = box(middle, GAP, [
    `Assessed for eligibility (n = ${screened.completed - screened.repeated})`,
    ...(enrolled.unscreened > 0 ? [`Enrolled without a screening (n = ${enrolled.unscreened})`] : []),
  ]);
  const reasons: [string, number][] = [
    ['Not eligible', screened.ineligible + enrolled.ineligible],
    ['Screening incomplete', screened.incomplete],
    ['Eligible, did not enrol', screened.eligible],
    ['Have not decided', enrolled.undecided],
    ['Declined', enrolled.declined],
    ['Withdrew before', enrolled.withdrew],
    ['Waiting', enrolled.waiting],
  ];
  const outside = reasons.reduce((sum, [, count]) => sum + count, 0);
  const excluded = box(Math.min(middle + step * 0.75, width - WIDTH - GAP), bottom(assessed) + GAP, [
    `Not in the trial (n = ${outside})`,
    ...reasons.map(([label, count]) => `– ${label} (n = ${count})`),
  ]);
  const entered = box(middle, bottom(excluded) + GAP, [
    `${arms === undefined ? 'In the trial' : 'Allocated'} (n = ${trial.people})`,
  ]);

  const top = bottom(entered) + 2 * GAP;
  const start = (width - columns.length * step + GAP) / 2;
  const drawn = columns.map((column, index) => {
    const { title, people, stopped, left, lost, assessments, analysable, erased } = column;
    const x = start + index * step;
    const first = box(x, top, [`${title} (n = ${people})`]);
    const second = box(x, tallest(columns.map((one) => box(0, top, [`${one.title} (n = ${one.people})`]))) + GAP, [
      `Stopped what the arm is offered (n = ${stopped})`,
      `Left the study (n = ${left})`,
      `Lost to follow-up (n = ${lost})`,
    ]);
    const third = box(x, bottom(second) + GAP, [
      'Handed in',
      ...assessments.map(
        (one) => `– ${assessmentTitle(one.assessment, study)} (n = ${one.done}; missed ${one.missed})`,
      ),
    ]);
    const fourth = box(x, bottom(third) + GAP, [
      `Can be analysed (n = ${analysable})`,
      `– Erased, as asked (n = ${erased})`,
      `– Handed nothing in (n = ${withNothing(column)})`,
    ]);
    return { first, second, third, fourth };
  });
  const branch = bottom(entered) + GAP;
  const height = tallest(drawn.map(({ fourth }) => fourth)) + GAP;

  const centres = drawn.map(({ first }) => centre(first));
  const paths = [
    `M${centre(assessed)} ${bottom(assessed)}V${entered.y}`,
    `M${centre(assessed)} ${excluded.y + PADDING + LINE / 2}H${excluded.x}`,
    `M${centre(entered)} ${bottom(entered)}V${branch}`,
    `M${Math.min(...centres, centre(entered))} ${branch}H${Math.max(...centres, centre(entered))}`,
    ...drawn.flatMap(({ first, second, third, fourth }) => [
      `M${centre(first)} ${branch}V${first.y}`,
      `M${centre(first)} ${bottom(first)}V${second.y}`,
      `M${centre(second)} ${bottom(second)}V${third.y}`,
      `M${centre(third)} ${bottom(third)}V${fourth.y}`,
    ]),
  ];
  const boxes = [assessed, excluded, entered, ...drawn.flatMap(Object.values<Box>)];
  const table = funnelRows(funnel, study).map(({ label, count }) => `${label}: ${count}.`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="consort-title" aria-describedby="consort-table" font-family="system-ui, sans-serif" font-size="13" fill="none" stroke="currentColor" stroke-width="1.25">
<title id="consort-title">${escaped(`Participant flow of ${funnel.study} at ${funnel.at}${funnel.mode === 'test' ? ', TEST MODE' : ''}`)}</title>
<desc id="consort-table">${escaped(table.join(' '))}</desc>
<g aria-hidden="true">
<path d="${paths.join('')}"/>
${boxes.map(drawBox).join('\n')}
</g>
</svg>
`;
}

function box(x: number, y: number, texts: readonly string[]): Box {
  // A number stays with its letter.
  return { x, y, lines: texts.flatMap((text) => wrapped(text.replaceAll('n = ', 'n\u00A0=\u00A0'))) };
}

const heightOf = ({ lines }: Box): number => lines.length * LINE + 2 * PADDING;
const bottom = (one: Box): number => one.y + heightOf(one);
const centre = ({ x }: Box): number => x + WIDTH / 2;
const tallest = (boxes: readonly Box[]): number => Math.max(...boxes.map(bottom));

function drawBox(one: Box): string {
  const { x, y, lines } = one;
  const texts = lines.map(
    (line, index) => `<tspan x="${x + PADDING}" y="${y + PADDING + LINE * (index + 0.75)}">${escaped(line)}</tspan>`,
  );
  return `<rect x="${x}" y="${y}" width="${WIDTH}" height="${heightOf(one)}" rx="4"/><text fill="currentColor" stroke="none" xml:space="preserve">${texts.join('')}</text>`;
}

/** By words; a word that fills more than a line is cut. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((one) => one.match(new RegExp(`.{1,${CHARACTERS}}`, 'gu')) ?? [''])) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 1 + [...word].length <= CHARACTERS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `   ${word}`);
  }
  return lines;
}

/** XML 1.0 has no place for most control characters, however they are written. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
