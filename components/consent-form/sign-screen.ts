import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { choiceRow } from '../element/choice-row.ts';
import { problemSummary } from '../element/problem-summary.ts';
import { heading } from '../element/sheet.ts';
import type { MessageKey } from '../locales/catalogue.ts';
import type { Reading } from './reading.ts';
import type { Screen } from './screen.ts';
import type { SignatureCanvas } from './signature-canvas.ts';
import type { MarkState, Signing } from './signing.ts';

/** The signature block: printed name, signature, meaning, date and time (21 CFR 11.50). Templates, and the pads they hold. */

export function signScreen(screen: Screen, reading: Reading, signing: Signing): TemplateResult {
  const { locale, act, busy } = screen;
  const { document } = reading;
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      act.sign();
    }}>
      ${signing.problems.length === 0 ? nothing : problemSummary(signing.problems, (key, params) => locale.say(key, params))}
      ${screen.notice === undefined ? nothing : html`<div class="notice warn" role="status"><p>${locale.say(screen.notice)}</p></div>`}
      ${heading(locale.say('sign-title'))}
      <p class="lead">${locale.say('sign-lead', { version: document.version })}</p>
      <blockquote>${document.meaning}</blockquote>
      <div class="questions">
        ${nameField(screen, signing)}
        ${markField(screen, signing, 'sign-mark', signing.mark)}
        ${document.rightsReceipt === true ? rightsField(screen, reading, signing) : nothing}
        ${document.authorization === 'separate' ? markField(screen, signing, 'sign-authorization', signing.authorization) : nothing}
        <div>
          <p class="title">${locale.say('sign-date')}</p>
          <p>${new Intl.DateTimeFormat(locale.language, { dateStyle: 'long', timeStyle: 'long' }).format(new Date())}</p>
          <p class="meta">${locale.say('sign-date-help')}</p>
        </div>
      </div>
      <div class="way-on">
        <button class="primary" part="primary" type="submit" data-sign aria-disabled=${busy ? 'true' : nothing}>${locale.say('sign-send')}</button>
        <div class="second">
          <button class="text" type="button" @click=${() => act.stage({ at: 'reading' })}>${locale.say('back')}</button>
          <span class="meta">${locale.say('sign-not-kept')}</span>
        </div>
      </div>
    </form>`;
}

function nameField({ locale, shared, act }: Screen, signing: Signing): TemplateResult {
  const problem = signing.problemAt('sign-name');
  return html`
    <div class=${problem === undefined ? 'slot' : 'slot bad'}>
      <label class="title" for="sign-name">${locale.say('sign-name')}</label>
      <p class="help" id="sign-name-help">${locale.say('sign-name-help')}</p>
      ${problemLine('sign-name', problem)}
      <input class="line" id="sign-name" type="text" autocomplete=${shared ? 'off' : 'name'} spellcheck="false" maxlength="200"
        aria-required="true" aria-invalid=${problem === undefined ? nothing : 'true'} aria-describedby="sign-name-help${problem === undefined ? '' : ' sign-name-problem'}"
        .value=${live(signing.name)} @input=${(event: Event) => {
          signing.name = (event.currentTarget as HTMLInputElement).value;
          act.changed();
        }} />
    </div>`;
}

/** Typed or drawn: both count alike, and neither is chosen beforehand. */
function markField(
  { locale, act }: Screen,
  signing: Signing,
  id: 'sign-mark' | 'sign-authorization',
  mark: MarkState,
): TemplateResult {
  const problem = signing.problemAt(id);
  const choose = (method: MarkState['method']) => () => {
    mark.method = method;
    act.changed();
  };
  const row = (method: 'typed' | 'drawn', control: string) =>
    choiceRow({
      ...{ words: locale.say(`sign-${method}`), type: 'radio', id: control, name: id },
      ...{ checked: mark.method === method, chosen: choose(method) },
    });
  return html`
    <fieldset class=${problem === undefined ? 'slot' : 'slot bad'} role="radiogroup" aria-required="true" aria-invalid=${problem === undefined ? nothing : 'true'}
      aria-describedby="${id}-help${problem === undefined ? '' : ` ${id}-problem`}">
      <legend class="title">${locale.say(id)}</legend>
      <p class="help" id="${id}-help">${locale.say('sign-mark-help')}</p>
      ${problemLine(id, problem)}
      <div class="choices two">${row('typed', id)}${row('drawn', `${id}-drawn`)}</div>
      ${mark.method === 'typed' ? typedMark(locale.say('sign-type-here'), id, mark, act.changed) : nothing}
      ${mark.method === 'drawn' ? drawnMark((key) => locale.say(key), id, mark, act.changed) : nothing}
    </fieldset>`;
}

function typedMark(label: string, id: string, mark: MarkState, changed: () => void): TemplateResult {
  return html`
    <div class="typed">
      <label class="quiet" for="${id}-text">${label}</label>
      <input class="line hand" id="${id}-text" type="text" autocomplete="off" spellcheck="false" maxlength="200"
        .value=${live(mark.text)} @input=${(event: Event) => {
          mark.text = (event.currentTarget as HTMLInputElement).value;
          changed();
        }} />
    </div>`;
}

const pads = new WeakMap<MarkState, Promise<SignatureCanvas>>();
const holders = new WeakMap<MarkState, (canvas: Element | undefined) => void>();

function drawnMark(say: (key: MessageKey) => string, id: string, mark: MarkState, changed: () => void): TemplateResult {
  return html`
    <div class="drawn">
      <p class="quiet" id="${id}-pad-help">${say('sign-draw-here')}</p>
      <canvas class="pad" role="img" aria-label=${say(mark.drawing === undefined ? 'sign-pad-empty' : 'sign-pad-drawn')}
        aria-describedby="${id}-pad-help" ${ref(holderOf(mark, changed))}></canvas>
      <button class="quiet" type="button" @click=${async () => (await pads.get(mark))?.clear()}>${say('sign-clear')}</button>
    </div>`;
}

/** One function for each signature, so that its pad lives as long as its canvas. */
function holderOf(mark: MarkState, changed: () => void): (canvas: Element | undefined) => void {
  const before = holders.get(mark);
  if (before !== undefined) return before;
  const hold = (canvas: Element | undefined): void => {
    void pads.get(mark)?.then((pad) => pad.stop());
    pads.delete(mark);
    if (canvas instanceof HTMLCanvasElement) pads.set(mark, openPad(canvas, mark, changed));
  };
  holders.set(mark, hold);
  return hold;
}

async function openPad(canvas: HTMLCanvasElement, mark: MarkState, changed: () => void): Promise<SignatureCanvas> {
  const { SignatureCanvas } = await import('./signature-canvas.ts');
  return new SignatureCanvas(canvas, mark.drawing, (drawing) => {
    mark.drawing = drawing;
    changed();
  });
}

/** California H&S 24172: the list of rights is acknowledged apart, with its time. */
function rightsField({ locale, act }: Screen, reading: Reading, signing: Signing): TemplateResult {
  const problem = signing.problemAt('sign-rights');
  const title = reading.document.sections.find(({ kind }) => kind === 'california-rights')?.title ?? '';
  return html`
    <div class=${problem === undefined ? 'slot' : 'slot bad'}>
      ${problemLine('sign-rights', problem)}
      ${choiceRow({
        ...{ words: locale.say('sign-rights', { title }), type: 'checkbox', id: 'sign-rights', name: 'sign-rights' },
        ...{ checked: signing.rightsReceivedAt !== undefined, invalid: problem !== undefined },
        describedBy: problem === undefined ? undefined : 'sign-rights-problem',
        chosen: (checked) => {
          signing.rightsReceivedAt = checked ? new Date().toISOString() : undefined;
          act.changed();
        },
      })}
    </div>`;
}

function problemLine(id: string, problem: string | undefined): TemplateResult | typeof nothing {
  return problem === undefined ? nothing : html`<p class="problem" id="${id}-problem">${problem}</p>`;
}
