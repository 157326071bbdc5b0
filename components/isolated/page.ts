/**
 * The script of the hosted page, which the endpoint serves for one study: puts the element of the step that is due where
 * the page says to wait, and shows what is done. Whoever is in the study lands at the tracker, and goes from there to what
 * there is to answer, and back.
 */
import type { Session } from '../element/session/session.ts';
import '../loader.ts';
import type { Me } from '../../src/submission/participation.ts';
import { countOpening } from './count-opening.ts';
import { focusHeading } from './focus-heading.ts';
import { createElementOf, ownPage } from './own-page.ts';
import { placeFor, type Step, stepOf, TAGS, type Tag } from './places.ts';

const page = ownPage();
const made = new Map<Tag, HTMLElementTagNameMap[Tag]>();
let current: HTMLElementTagNameMap[Tag] | undefined;

/** One of each: what somebody has begun in it is there when its step comes again. */
function elementOf(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = made.get(tag) ?? createElementOf(tag, page);
  made.set(tag, element);
  // Questionnaires are answered on this page, as the listener below has it; a link of their own leads here too.
  if (tag === TAGS.session) element.setAttribute('questionnaire', location.pathname + location.search);
  return element;
}

/** @param isAsked by the participant's own press: they are led to its heading */
function show(step: Step, isAsked = false): void {
  const element = elementOf(TAGS[step]);
  if (element === current) return;
  current = element;
  document.querySelector('#now')?.replaceChildren(element);
  hideAll('#next, #back');
  if (isAsked) void focusHeading(element, () => element === current);
}

/** From the tracker to one of the questionnaires that are open. */
function ask(assessment: string): void {
  // What was sent stays sent: the next one begins anew.
  if (made.get(TAGS.questionnaire)?.state === 'sent') made.delete(TAGS.questionnaire);
  const first = lastKnown?.assessments?.find(({ state }) => state === 'open')?.id;
  // What is due first needs no name: so its draft is found wherever it was begun.
  elementOf(TAGS.questionnaire).setAttribute('assessment', assessment === first ? '' : assessment);
  show('questionnaire', true);
  const back = document.querySelector<HTMLElement>('#back');
  const button = back?.querySelector('button');
  if (!back || !button) return;
  button.onclick = () => show('session', true);
  back.hidden = false;
}

/** A step that was finished stays to be read; the way to the next one is offered below. */
function offer(step: Step): void {
  const box = document.querySelector<HTMLElement>('#next');
  const button = box?.querySelector('button');
  if (!box || !button) return;
  for (const words of box.querySelectorAll<HTMLElement>('[data-step]')) words.hidden = words.dataset.step !== step;
  button.onclick = () => show(step, true);
  box.hidden = false;
}

/** Whom the page was last arranged for. */
let placed: string | undefined;
let lastKnown: Me | undefined;

/** The step that is due stands there from the start; later nothing is taken away from under anybody's hands. */
function follow(known: Me | undefined): void {
  const place = known && placeFor(known);
  const isFirst = known !== undefined && known.participant !== placed;
  placed = known?.participant;
  lastKnown = known;
  if (known === undefined) hideAll('#next, #back');
  else if (place === undefined || elementOf(TAGS[place]) === current) hideAll('#next');
  else if (isFirst && !isFinished()) show(place);
  else if (!isAtIt(known)) offer(place);
  showDone(known);
  showSigned(known, place);
}

/** Whether what stands there now has just been handed in. */
function isFinished(): boolean {
  return current !== undefined && (current.state === 'sent' || current.state === 'kept' || current.state === 'sending');
}

/** Whether what stands there now asks for something still: a contact, once the questions are answered. */
function isAtIt(known: Me | undefined): boolean {
  return known?.steps.some(({ id, state }) => state === 'due' && isOf(id, current)) === true && !isFinished();
}

function isOf(step: string, element: HTMLElement | undefined): boolean {
  const known = stepOf(step);
  return known !== undefined && element !== undefined && made.get(TAGS[known]) === element;
}

/** The steps that are done, of those that the endpoint has words for on the page. */
function showDone(known: Me | undefined): void {
  const list = document.querySelector<HTMLElement>('#done');
  if (list === null) return;
  const done = new Set(known?.steps.filter(({ state }) => state === 'done').map(({ id }) => id));
  for (const row of list.querySelectorAll('li')) row.hidden = !done.has(row.dataset.step ?? '');
  list.hidden = list.querySelector('li:not([hidden])') === null;
}

/** What somebody has signed, and the way out again, stay within reach. */
function showSigned(known: Me | undefined, place: Step | undefined): void {
  const box = document.querySelector<HTMLElement>('#signed');
  const form = elementOf(TAGS.consent);
  const hasDecided = known?.consent !== undefined && known.consent.state !== 'none';
  if (box === null || form === current || place === 'consent' || !hasDecided) return;
  if (form.parentElement !== box) box.append(form);
  box.hidden = false;
}

function hideAll(selector: string): void {
  for (const element of document.querySelectorAll<HTMLElement>(selector)) element.hidden = true;
}

/** Once the first element has something to show: the participant comes first. */
async function attend(): Promise<void> {
  const { openSession } = await import('../element/session/open-session.ts');
  const session: Session = await openSession(page.endpoint.href, page.study);
  let participant: string | undefined;
  let known: Me | undefined;
  const enquire = (): void => {
    // Where nobody answers, the page stays as it is.
    if (session.state === 'signed-in') session.me().catch(() => undefined);
  };
  session.subscribe(() => {
    const isSomebodyElse = session.participant !== participant;
    participant = session.participant;
    if (isSomebodyElse) enquire();
    if (session.known === known) return;
    known = session.known;
    follow(known);
  });
  if (session.known !== undefined) follow(session.known);
}

document.addEventListener('steady-assessment-chosen', (event) => {
  event.preventDefault();
  ask(event.assessment);
});
// What the address brings along (an invitation) goes with whoever changes the language.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[hreflang]')) link.hash = location.hash;
if (page.link !== undefined) countOpening(page.endpoint, page.study, page.link);
show(stepOf(document.body.dataset.first) ?? 'screening');
current?.addEventListener('steady-state-changed', () => void attend(), { once: true });
