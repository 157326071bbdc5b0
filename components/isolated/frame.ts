/**
 * The script of the isolated frame, which the endpoint serves for one element of one study: waits for the host page's
 * greeting, draws the element in place, and tells its height, state and errors. Nothing else leaves.
 */
import '../loader.ts';
import { frameStyles } from './frame.styles.ts';
import { awaitHello, follow } from './greeting.ts';
import type { FromFrame, Surroundings } from './messages.ts';
import { createElementOf, ownPage } from './own-page.ts';
import { watchHeight } from './watch-height.ts';

type ElementName = `steady-${string}` & keyof HTMLElementTagNameMap;

async function start(): Promise<void> {
  document.adoptedStyleSheets = [frameStyles].flatMap(({ styleSheet }) => styleSheet ?? []);
  const { element: name = '', origins = '' } = document.body.dataset;
  const { port, surroundings } = await awaitHello([location.origin, ...origins.split(' ')]);
  const say = (message: FromFrame): void => port.postMessage(message);
  const element = createElementOf(`steady-${name}` as ElementName, ownPage());
  // Of a page that may show this frame. The hosted page takes no such address: anybody could have written a link to it.
  const questionnaire = new URLSearchParams(location.search).get('questionnaire');
  if (questionnaire !== null) element.setAttribute('questionnaire', questionnaire);
  const surround = ({ language, theme }: Surroundings): void => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
    element.setAttribute('theme', theme);
  };
  element.addEventListener('steady-state-changed', ({ state }) => say({ state }));
  element.addEventListener('steady-error', ({ code, message }) => say({ error: { code, message } }));
  surround(surroundings);
  follow(port, surround);
  document.body.append(element);
  await customElements.whenDefined(element.localName);
  watchHeight(element, (height) => say({ height }));
}

// By itself it is no page: whoever opens its address is meant to see the hosted one.
const { study, endpoint } = ownPage();
if (window.parent === window) location.replace(new URL(`p/${study}${location.search}${location.hash}`, endpoint));
else void start();
