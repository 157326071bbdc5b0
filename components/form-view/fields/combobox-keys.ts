/**
 * Where a key leads in an open list, as the ARIA practices for an editable combobox have it: round at the ends, a page
 * at a time without. Home and End belong to the text until an option is active.
 *
 * @param active the option that is active now, -1 for none
 * @param count options in the list
 * @param page options in view at once
 * @returns -1 where the key is not the list's
 */
export function optionAfter(key: string, active: number, count: number, page: number): number {
  if (count === 0) return -1;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return active > 0 ? active - 1 : count - 1;
    case 'PageDown':
      return Math.min(active + page, count - 1);
    case 'PageUp':
      return Math.max(active - page, 0);
    case 'Home':
      return active < 0 ? -1 : 0;
    case 'End':
      return active < 0 ? -1 : count - 1;
    default:
      return -1;
  }
}
