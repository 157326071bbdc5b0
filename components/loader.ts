/**
 * The one script that a web team pastes. It watches the page for the kit's tags and fetches an element when its tag is
 * there, so that a page pays for what it uses.
 */
const elements: Readonly<Record<string, () => Promise<unknown>>> = {
  'steady-study': () => import('./study/study.define.ts'),
  'steady-eligibility-screener': () => import('./eligibility-screener/eligibility-screener.define.ts'),
  'steady-consent-form': () => import('./consent-form/consent-form.define.ts'),
  'steady-burnout-questionnaire': () => import('./burnout-questionnaire/burnout-questionnaire.define.ts'),
  'steady-session-tracker': () => import('./session-tracker/session-tracker.define.ts'),
  'steady-screener-link': () => import('./screener-link/screener-link.define.ts'),
};

const wanted = Object.keys(elements).join(',');

/** Fetches the elements whose tags are in `root`, a shadow root included. */
export function discover(root: ParentNode): void {
  const found = root instanceof Element && root.matches(wanted) ? [root] : [];
  for (const { localName } of [...found, ...root.querySelectorAll(wanted)]) {
    if (customElements.get(localName) === undefined) void elements[localName]?.();
  }
}

discover(document);
// A tag that nothing is fetched for would show its fallback for good.
for (const { localName } of document.querySelectorAll('*')) {
  if (localName.startsWith('steady-') && !(localName in elements)) {
    console.warn(`<${localName}> is no element of Steady's. There are ${wanted.replaceAll(',', ', ')}.`);
  }
}
new MutationObserver((records) => {
  for (const { addedNodes } of records) {
    for (const node of addedNodes) if (node instanceof Element) discover(node);
  }
}).observe(document, { childList: true, subtree: true });
