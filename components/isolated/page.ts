/**
 * The script of the hosted page, which the endpoint serves for one study: puts the element of the step that is due where
 * the page says to wait, and shows what is done.
 */
import type { Session } from '../element/session/session.ts';
import '../loader.ts';
import { createElementOf, ownPage } from './own-page.ts';

const page = ownPage();
const element = createElementOf('steady-eligibility-screener', page);

/** The steps that are done, of those that the endpoint has words for on the page. */
function showDone(session: Session): void {
  const list = document.querySelector<HTMLElement>('#done');
  if (list === null) return;
  const done = new Set(session.known?.steps.filter(({ state }) => state === 'done').map(({ id }) => id));
  for (const row of list.querySelectorAll('li')) row.hidden = !done.has(row.dataset.step ?? '');
  list.hidden = list.querySelector('li:not([hidden])') === null;
}

/** Once the element has something to show: the participant comes first. */
async function follow(): Promise<void> {
  const { openSession } = await import('../element/session/open-session.ts');
  const session = await openSession(page.endpoint.href, page.study);
  let participant: string | undefined;
  const ask = (): void => {
    // Where nobody answers, the list stays as it is.
    if (session.state === 'signed-in') session.me().catch(() => undefined);
  };
  session.subscribe(() => {
    const isSomebodyElse = session.participant !== participant;
    participant = session.participant;
    if (isSomebodyElse) ask();
    showDone(session);
  });
  element.addEventListener('steady-submission-changed', ({ status }) => {
    if (status === 'delivered') ask();
  });
  showDone(session);
}

// What the address brings along (an invitation) goes with whoever changes the language.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[hreflang]')) link.hash = location.hash;
element.addEventListener('steady-state-changed', () => void follow(), { once: true });
document.querySelector('#now')?.replaceChildren(element);
