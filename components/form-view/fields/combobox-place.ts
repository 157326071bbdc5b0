/** Where a combobox's list goes, and what of it is in view. Pixels throughout, of the CSS kind. */

/** What a list needs to be of use, and what it takes at most. */
const ENOUGH = 260;
const MOST = 440;
/** The least height of a row, and what is around the rows, as the style sheet has them. */
const ROW = 48;
const INSET = 6;
/** Between the line of text, its list and the edge of the window. */
const GAP = 16;

/**
 * Below the line of text or above it, as high as there is room, a phone's keyboard counted out. The page is scrolled only
 * where neither side has room, and on a phone, where the list belongs below what is typed.
 *
 * @param box holds the line of text and the list
 */
export function place(box: HTMLElement): void {
  let room = roomAround(box);
  if (room.below < ENOUGH && (room.above < ENOUGH || matchMedia('(pointer: coarse)').matches)) {
    box.scrollIntoView({ block: 'start', behavior: 'instant' });
    room = roomAround(box);
  }
  const isAbove = room.below < ENOUGH && room.above > room.below;
  box.classList.toggle('above', isAbove);
  // Through the object model: the strict policy forbids style attributes.
  box.style.setProperty('--room', `${Math.min(MOST, isAbove ? room.above : room.below)}px`);
}

function roomAround(box: Element): { readonly above: number; readonly below: number } {
  const { top, bottom } = box.getBoundingClientRect();
  const { offsetTop, height } = globalThis.visualViewport ?? { offsetTop: 0, height: innerHeight };
  return { above: top - offsetTop - GAP, below: offsetTop + height - bottom - GAP };
}

/** How many rows are in view at once, those that stay at the end of the list apart. */
export function pageOf(list: Element): number {
  return Math.max(1, Math.floor(list.clientHeight / ROW) - list.querySelectorAll('.special > *').length);
}

/** Scrolls the list alone, never the page, until the row is in view and not under those that stay. */
export function reveal(list: Element, row: Element): void {
  const seen = list.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  const special = row.closest('.special') ? null : list.querySelector('.special');
  const end = Math.min(seen.bottom, special?.getBoundingClientRect().top ?? seen.bottom);
  list.scrollTop += Math.max(0, bottom + INSET - end) || Math.min(0, top - INSET - seen.top);
}
