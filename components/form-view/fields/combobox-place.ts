/** Where a combobox's list goes, and what of it is in view. Pixels throughout, of the CSS kind. */

/** What a list needs to be of use, and what it takes at most. */
const ENOUGH = 260;
export const MOST = 440;
/** The least height of a row, as the style sheet has it. */
const ROW = 48;
/** Between the line of text, its list and the edge of the window. */
const GAP = 16;
/** Around the rows, as the style sheet has it. */
const INSET = 6;

/**
 * Below the line of text or above it, as high as there is room, a phone's keyboard counted out. The page is scrolled only
 * where neither side has room, and on a phone, where the list belongs below what is typed.
 */
export function placeFor(input: Element): { readonly isAbove: boolean; readonly room: number } {
  let room = roomAround(input);
  if (room.below < ENOUGH && (room.above < ENOUGH || matchMedia('(pointer: coarse)').matches)) {
    input.parentElement?.scrollIntoView({ block: 'start' });
    room = roomAround(input);
  }
  const isAbove = room.below < ENOUGH && room.above > room.below;
  return { isAbove, room: Math.min(MOST, isAbove ? room.above : room.below) };
}

/** Whether so many choices can stay at the end of a list of this height without taking the results' place. */
export function canKeep(special: number, room: number): boolean {
  return special * ROW <= room / 2;
}

/** How many rows are in view at once. */
export function pageOf(list: Element): number {
  return Math.max(1, Math.floor(heightInView(list) / ROW));
}

/** Scrolls the list alone, never the page, until the row is in view. */
export function reveal(list: Element, row: HTMLElement): void {
  if (row.closest('.kept')) return;
  const [top, bottom] = [row.offsetTop - INSET, row.offsetTop + row.offsetHeight + INSET];
  const height = heightInView(list);
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + height) list.scrollTop = bottom - height;
}

function heightInView(list: Element): number {
  return list.clientHeight - (list.querySelector<HTMLElement>('.kept')?.offsetHeight ?? 0);
}

function roomAround(input: Element): { readonly above: number; readonly below: number } {
  const { top, bottom } = input.getBoundingClientRect();
  const { offsetTop, height } = globalThis.visualViewport ?? { offsetTop: 0, height: innerHeight };
  return { above: top - offsetTop - GAP, below: offsetTop + height - bottom - GAP };
}
