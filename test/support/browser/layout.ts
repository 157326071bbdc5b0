/** Whether what stands on an element can be seen and reached: nothing beyond its edges, nothing cut off, nothing too small. */

/** WCAG 2.5.5, and the house's rule. Pixels; half of one is the browser's rounding. */
const TARGET = 44 - 0.5;

/** What hangs out of the element or the window, or is cut off inside a box. */
export function layoutProblems(host: Element): readonly string[] {
  const edges = host.getBoundingClientRect();
  const problems = elementsOf(host).flatMap((element) => {
    if (isForReadersOnly(element)) return [];
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return [];
    const outside = left < edges.left - 1 || right > edges.right + 1;
    return [
      ...(outside ? [`${name(element)} reaches from ${left} to ${right}, its element to ${edges.right}`] : []),
      ...(isCut(element) ? [`${name(element)} is cut off: ${element.scrollWidth} in ${element.clientWidth}`] : []),
    ];
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth
    ? [...problems, `the page scrolls sideways: ${scrollWidth} in ${clientWidth}`]
    : problems;
}

/** What can be pressed, chosen or filled in, but is hard to hit. A link inside running text is as high as its line. */
export function smallTargets(host: Element): readonly string[] {
  return elementsOf(host)
    .filter((element) => element.matches('a, button, input, select, textarea, summary'))
    .filter((element) => !isForReadersOnly(element) && element.closest('.prose p, .prose li, .help, .lead') === null)
    .flatMap((element) => {
      const { width, height } = (element.closest('label.choice') ?? element).getBoundingClientRect();
      return width >= TARGET && height >= TARGET ? [] : [`${name(element)} is ${width} by ${height}`];
    });
}

function elementsOf(host: Element): readonly Element[] {
  return [...(host.shadowRoot?.querySelectorAll('.root *') ?? [])];
}

function isForReadersOnly(element: Element): boolean {
  return element.closest('.spoken') !== null || getComputedStyle(element).clipPath === 'inset(50%)';
}

function isCut(element: Element): boolean {
  if (element.matches('input, select, progress')) return false;
  const { overflowX } = getComputedStyle(element);
  return overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
}

function name(element: Element): string {
  const words = (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 30);
  return `<${element.localName} class="${element.getAttribute('class') ?? ''}">${words}`;
}
