import { html, nothing, type TemplateResult } from 'lit';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { EntrySummary } from '../../src/delivery/outbox.ts';
import type { ElementState } from './element-state.ts';
import type { LocaleController } from './locale-controller.ts';

export interface DeliveryActions {
  readonly sendAgain: () => void;
  readonly download: () => void;
}

/** What the page may know of what was handed in. */
export function endState(status: DeliveryState['status'] | undefined): ElementState {
  if (status === 'delivered') return 'sent';
  return status === 'waiting' || status === 'held' || status === 'parked' ? 'kept' : 'sending';
}

/** The truth about one submission on its way, in the participant's words, with what they can do about it. */
export function deliveryNote(
  state: DeliveryState | undefined,
  sentAt: Date | undefined,
  locale: LocaleController,
  actions: DeliveryActions,
): TemplateResult | typeof nothing {
  // Not in the outbox, or not looked for yet: nothing is known of it that could be said.
  if (state === undefined || state.status === 'gone') return nothing;
  const { status } = state;
  if (status === 'delivered') {
    const time = new Intl.DateTimeFormat(locale.language, { dateStyle: 'long', timeStyle: 'short' }).format(
      sentAt ?? new Date(),
    );
    return html`<p class="delivery sent">${locale.say('sent', { time })}</p>`;
  }
  if (status === 'queued' || status === 'sending') return html`<p class="delivery">${locale.say('sending')}</p>`;
  if (status === 'parked') {
    const reason = state.problem?.detail ?? state.problem?.title;
    return html`
      <div class="notice bad">
        <p>${locale.say(state.durable ? 'parked' : 'parked-memory')} ${locale.say('parked-help')}</p>
        ${reason === undefined ? nothing : html`<p class="meta">${locale.say('reason', { reason })}</p>`}
        ${deliveryActions(locale, actions)}
      </div>`;
  }
  return html`
    <div class="notice warn">
      <p>${kept(state, locale)}</p>
      ${state.durable && status !== 'held' ? html`<p>${locale.say('kept-warning')}</p>` : nothing}
      ${deliveryActions(locale, actions)}
    </div>`;
}

function kept(state: DeliveryState, locale: LocaleController): string {
  if (!state.durable) return locale.say('kept-memory');
  // An anonymous one comes again by itself: there is nobody to sign in.
  return locale.say(state.status === 'held' && state.retryAt === undefined ? 'held' : 'kept-device');
}

/** Send it again, or take a copy. */
export function deliveryActions(locale: LocaleController, { sendAgain, download }: DeliveryActions): TemplateResult {
  return html`
    <div class="actions">
      <button class="secondary" type="button" @click=${sendAgain}>${locale.say('send-again')}</button>
      <button class="text" type="button" @click=${download}>${locale.say('download')}</button>
    </div>`;
}

export interface Waiting {
  readonly earlier: readonly EntrySummary[];
  readonly locale: LocaleController;
  /** A shared computer: they may be anybody's, so they are sent, and nobody is offered a copy. */
  readonly shared: boolean;
  readonly sendAgain: (id: string) => void;
  readonly download: (id: string) => void;
}

/** What an earlier visit left behind, and what can be done about it. */
export function waitingNote({ earlier, locale, shared, sendAgain, download }: Waiting): TemplateResult {
  const actions = (id: string) => ({ sendAgain: () => sendAgain(id), download: () => download(id) });
  const refused = shared ? [] : earlier.filter(({ state }) => state.status === 'parked');
  const under = earlier.filter(({ state }) => state.status !== 'parked');
  return html`
    ${refused.map(({ id, state }) => deliveryNote(state, undefined, locale, actions(id)))}
    ${
      under.length === 0
        ? nothing
        : html`
          <div class="notice warn">
            <p>${locale.say('waiting-before', { count: under.length })}</p>
            ${shared ? nothing : under.map(({ id }) => deliveryActions(locale, actions(id)))}
          </div>`
    }`;
}
