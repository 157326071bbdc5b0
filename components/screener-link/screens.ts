import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { choiceRow } from '../element/choice-row.ts';
import { card, failed, heading, loading, type Sheet } from '../element/sheet.ts';
import { CHANNELS } from './link-form.ts';
import { nameOfLanguage } from './names.ts';
import type { Screen } from './screen.ts';

/**
 * What a recruiter sees first: signing in, or choosing where there is no endpoint. What comes after is in
 * `after-first-screen.ts`. Templates alone: nothing here decides or keeps.
 */

export function screen(screen: Screen): TemplateResult {
  const { failure, study, locale, mode, later, opening, plain, ready, recruiter, shown, act } = screen;
  const sheet: Sheet = { locale, study, mode, waiting: undefined, footing: later?.footing(screen) };
  if (failure) return failed({ ...sheet, failure, reload: act.reload }, 'link-failed-title');
  if (!ready) return loading(locale);
  if (shown !== undefined && later !== undefined) return card(sheet, later.linkScreen(screen, shown));
  // The focus waits for its heading.
  if (opening) return card(sheet, html``);
  if (plain) return card(sheet, html`${unverified(screen)}${linkForm(screen)}`);
  if (recruiter.stage.at === 'sign-in') return card(sheet, signIn(screen));
  return later === undefined ? loading(locale) : card(sheet, html`${linkForm(screen)}${later.linkList(screen)}`);
}

/** What did not go as it should, above whatever stands there; it takes the focus. */
export function trouble({ recruiter, locale }: Screen): TemplateResult | typeof nothing {
  const { trouble } = recruiter;
  if (trouble === undefined) return nothing;
  return html`<div class="notice warn" role="alert" tabindex="-1" data-focus="summary"><p>${locale.say(trouble.words, trouble.params)}</p></div>`;
}

function signIn(screen: Screen): TemplateResult {
  const { locale, recruiter, shared, act } = screen;
  const isWrong = recruiter.trouble?.words === 'link-token-wrong' || recruiter.trouble?.words === 'link-token-missing';
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      act.signIn((event.currentTarget as HTMLFormElement).querySelector('input')?.value ?? '');
    }}>
      ${isWrong ? nothing : trouble(screen)}
      ${heading(locale.say('link-sign-in-title'))}
      <p class="lead">${locale.say('link-sign-in-lead')}</p>
      <div class="questions">
        <div class=${isWrong ? 'slot bad' : 'slot'}>
          <label class="title" for="token">${locale.say('link-token')}</label>
          <p class="help" id="token-help">${locale.say('link-token-help')}</p>
          ${isWrong && recruiter.trouble ? html`<p class="problem" id="token-problem">${locale.say(recruiter.trouble.words)}</p>` : nothing}
          <input class="input" id="token" type="password" autocomplete=${shared ? 'off' : 'current-password'} autocapitalize="none" spellcheck="false"
            aria-required="true" aria-invalid=${isWrong ? 'true' : nothing} data-focus=${isWrong ? 'summary' : nothing}
            aria-describedby="token-help${isWrong ? ' token-problem' : ''}" />
        </div>
      </div>
      <div class="way-on">
        <button class="primary" part="primary" type="submit" aria-disabled=${recruiter.busy ? 'true' : nothing}>${locale.say('link-sign-in')}</button>
      </div>
    </form>`;
}

function unverified({ locale }: Screen): TemplateResult {
  return html`<div class="notice warn"><p><strong>${locale.say('link-unverified')}</strong></p><p>${locale.say('link-unverified-text')}</p></div>`;
}

function linkForm(screen: Screen): TemplateResult {
  const { locale, form, problems, later, plain, recruiter, act } = screen;
  const say = locale.say.bind(locale);
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      act.make();
    }}>
      ${problems.length > 0 && later ? later.problemSummary(problems, say) : nothing}
      ${trouble(screen)}
      ${heading(say('link-new-title'))}
      ${plain ? nothing : html`<p class="lead">${say('link-new-lead')}</p>`}
      <div class="questions">
        ${form.sites.length === 0 ? nothing : siteField(screen)}
        ${group(screen, 'channel', CHANNELS, (channel) => say(`channel-${channel}`))}
        ${form.languages.length < 2 ? nothing : group(screen, 'language', form.languages, (language) => nameOfLanguage(language, locale.language))}
        ${plain ? nothing : dayField(screen)}
      </div>
      <div class="way-on">
        <button class="primary" part="primary" type="submit" aria-disabled=${recruiter.busy ? 'true' : nothing}>${say('link-make')}</button>
      </div>
    </form>`;
}

function siteField({ locale, form, problems, act }: Screen): TemplateResult {
  const problem = problems.find(({ question }) => question === 'site');
  return html`
    <div class=${problem ? 'slot bad' : 'slot'}>
      <div class="question">
        <label for="site"><span class="title">${locale.say('link-site')}</span></label>
        ${sentence('site', problem?.sentence)}
        <select class="input" id="site" aria-required=${form.needsSite ? 'true' : nothing} aria-invalid=${problem ? 'true' : nothing}
          aria-describedby=${problem ? 'site-problem' : nothing} .value=${live(form.site)} @change=${(event: Event) => {
            form.site = (event.currentTarget as HTMLSelectElement).value;
            act.changed();
          }}>
          <option value="" ?selected=${form.site === ''}>${locale.say(form.needsSite ? 'link-site-choose' : 'link-site-none')}</option>
          ${form.sites.map(({ id, title }) => html`<option value=${id} ?selected=${form.site === id}>${title}</option>`)}
        </select>
      </div>
    </div>`;
}

function group<Field extends 'channel' | 'language', Value extends string>(
  { locale, form, problems, act }: Screen,
  field: Field,
  values: readonly Value[],
  words: (value: Value) => string,
): TemplateResult {
  const problem = problems.find(({ question }) => question === field);
  return html`
    <div class=${problem ? 'slot bad' : 'slot'}>
      <fieldset class="question" role="radiogroup" aria-required="true" aria-invalid=${problem ? 'true' : nothing} aria-describedby=${problem ? `${field}-problem` : nothing}>
        <legend><span class="title">${locale.say(`link-${field}`)}</span></legend>
        ${sentence(field, problem?.sentence)}
        <div class="choices two">
          ${values.map((value, index) =>
            choiceRow({
              ...{ words: words(value), type: 'radio', name: field, checked: form[field] === value },
              id: index === 0 ? field : `${field}-${index}`,
              chosen: () => {
                Object.assign(form, { [field]: value });
                act.changed();
              },
            }),
          )}
        </div>
      </fieldset>
    </div>`;
}

function dayField({ locale, form, problems, act }: Screen): TemplateResult {
  const problem = problems.find(({ question }) => question === 'day');
  return html`
    <div class=${problem ? 'slot bad' : 'slot'}>
      <div class="question">
        <label for="day"><span class="title">${locale.say('link-day')} <span class="optional">(${locale.say('optional')})</span></span></label>
        <p class="help" id="day-help">${locale.say('link-day-help')}</p>
        ${sentence('day', problem?.sentence)}
        <input class="input short" id="day" type="date" aria-invalid=${problem ? 'true' : nothing}
          aria-describedby="day-help${problem ? ' day-problem' : ''}" .value=${live(form.day)} @input=${(
            event: Event,
          ) => {
            const { value, validity } = event.currentTarget as HTMLInputElement;
            form.dayIsBroken = validity.badInput;
            // Half a date reads as empty: drawn back it would wipe the half.
            if (!validity.badInput) form.day = value;
            if (!validity.badInput) act.changed();
          }} />
      </div>
    </div>`;
}

function sentence(field: string, problem: string | undefined): TemplateResult | typeof nothing {
  return problem === undefined ? nothing : html`<p class="problem" id="${field}-problem">${problem}</p>`;
}
