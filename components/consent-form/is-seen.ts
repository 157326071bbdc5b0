/** How an intersection is observed where the browser also says whether anything covers the target. */
interface VisibilityOptions extends IntersectionObserverInit {
  readonly trackVisibility: boolean;
  readonly delay: number;
}

/**
 * Whether a control can really be seen by whoever presses it: a page that has this one in a frame could have laid something
 * else over it. What is only cut off by an edge of the screen is brought into view first. Where the browser cannot tell, only
 * a page that nobody looks at is unseen.
 */
export async function isSeen(control: Element): Promise<boolean> {
  if (document.visibilityState !== 'visible') return false;
  // A page of its own has nobody around it.
  if (window.parent === window || !('isVisible' in IntersectionObserverEntry.prototype)) return true;
  const atFirst = await look(control);
  if (atFirst.isWhole) return atFirst.isUncovered;
  control.scrollIntoView({ block: 'center', behavior: 'instant' });
  const then = await look(control);
  return then.isWhole && then.isUncovered;
}

function look(control: Element): Promise<{ readonly isWhole: boolean; readonly isUncovered: boolean }> {
  const options: VisibilityOptions = { threshold: 1, trackVisibility: true, delay: 100 };
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(([entry]) => {
      observer.disconnect();
      resolve({
        isWhole: (entry?.intersectionRatio ?? 0) >= 1,
        isUncovered: entry !== undefined && Reflect.get(entry, 'isVisible') === true,
      });
    }, options);
    observer.observe(control);
  });
}
