/**
 * The script of the hosted page, which the endpoint serves for one study: puts the element of the step that is due where
 * the page says to wait.
 */
import '../loader.ts';
import { createElementOf, ownPage } from './own-page.ts';

// What the address brings along (an invitation) goes with whoever changes the language.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[hreflang]')) link.hash = location.hash;

const place = document.querySelector('#now');
const element = createElementOf('steady-eligibility-screener', ownPage());
place?.replaceChildren(element);
