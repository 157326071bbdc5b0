/**
 * The script of the hosted page, which the endpoint serves for one study: puts the element of the step that is due where
 * the page says to wait, and shows what is done.
 */
import type { Session } from '../element/session/session.ts';
import '../loader.ts';
import type { Me } from '../../src/submission/participation.ts';
import { countOpening } from './count-opening.ts';
import { createElementOf, ownPage } from './own-page.ts';

/** The element that takes a step. */
const TAGS = {
  screening: 'steady-eligibility-screener',
  contact: 'steady-eligibility-screener',
  consent: 'steady-consent-form',
  questionnaire: 'steady-burnout-questionnaire',
  session: 'steady-session-tracker',
} as const satisfies Record<string, keyof HTMLElementTagNameMap>;

type Step = keyof typeof TAGS;
type Tag = (typeof TAGS)[Step];

const page = ownPage();
const made = new Map<Tag, HTMLElementTagNameMap[Tag]>();
let current: HTMLElementTagNameMap[Tag] | undefined;

/** One of each: what somebody has begun in it is there when its step comes again. */
function elementOf(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = made.get(tag) ?? createElementOf(tag, page);
  made.set(tag, element);
  return element;
}

function show(step: Step): void {
  const element = elementOf(TAGS[step]);
  if (element === current) return;
  current = element;
  document.querySelector('#now')?.replaceChildren(element);
  hideAll('#next');
}

/** A step that was finished stays to be read; the way to the next one is offered below. */
function offer(step: Step): void {
  const box = document.querySelector<HTMLElement>('#next');
  const button = box?.querySelector('button');
  if (!box || !button) return;
  for (const words of box.querySelectorAll<HTMLElement>('[data-step]')) words.hidden = words.dataset.step !== step;
  button.onclick = () => show(step);
  box.hidden = false;
}

/** Whom the page was last arranged for. */
let placed: string | undefined;

/** The step that is due stands there from the start; later nothing is taken away from under anybody's hands. */
function follow(known: Me | undefined): void {
  const next = stepOf(known?.next);
  const isFirst = known !== undefined && known.participant !== placed;
  placed = known?.participant;
  if (next === undefined || elementOf(TAGS[next]) === current) hideAll('#next');
  else if (isFirst && !isFinished()) show(next);
  else if (!isAtIt(known)) offer(next);
  showDone(known);
  showSigned(known, next);
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

function stepOf(step: string | null | undefined): Step | undefined {
  return step !== null && step !== undefined && Object.hasOwn(TAGS, step) ? (step as Step) : undefined;
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
function showSigned(known: Me | undefined, next: Step | undefined): void {
  const box = document.querySelector<HTMLElement>('#signed');
  const form = elementOf(TAGS.consent);
  const hasDecided = known?.consent !== undefined && known.consent.state !== 'none';
  if (box === null || form === current || next === 'consent' || !hasDecided) return;
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
  const ask = (): void => {
    // Where nobody answers, the page stays as it is.
    if (session.state === 'signed-in') session.me().catch(() => undefined);
  };
  session.subscribe(() => {
    const isSomebodyElse = session.participant !== participant;
    participant = session.participant;
    if (isSomebodyElse) ask();
    if (session.known === known) return;
    known = session.known;
    follow(known);
  });
  document.addEventListener('steady-submission-changed', ({ status }) => {
    if (status === 'delivered') ask();
  });
  if (session.known !== undefined) follow(session.known);
}

// What the address brings along (an invitation) goes with whoever changes the language.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[hreflang]')) link.hash = location.hash;
if (page.link !== undefined) countOpening(page.endpoint, page.study, page.link);
show(stepOf(document.body.dataset.first) ?? 'screening');
current?.addEventListener('steady-state-changed', () => void attend(), { once: true });
