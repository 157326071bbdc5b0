import { html, nothing, type TemplateResult } from 'lit';
import type { Paragraph } from '../../src/consent/changes.ts';
import type { DocumentCheck, DocumentChoice, DocumentOption } from '../../src/consent/document.ts';
import type { Missing } from '../../src/consent/progress.ts';
import { choiceRow } from '../element/choice-row.ts';
import { markdown } from '../element/markdown.ts';
import { contactLine } from '../element/people.ts';
import { heading } from '../element/sheet.ts';
import type { MessageKey } from '../locales/catalogue.ts';
import type { Reading } from './reading.ts';
import type { Screen } from './screen.ts';

/** What comes after a document's sections: what has changed, what is asked, and the decision. Templates alone. */

export function placeScreen(screen: Screen, reading: Reading): TemplateResult {
  switch (reading.place.kind) {
    case 'changes':
      return changes(screen, reading);
    case 'checks':
      return checks(screen, reading);
    case 'choices':
      return choices(screen, reading);
    default:
      return decision(screen, reading);
  }
}

/** Whom to ask, and that nothing is signed until it is answered. */
export function questionPanel({ locale, act, signedIn }: Screen, reading: Reading): TemplateResult {
  const { contacts } = reading.document;
  return html`
    <section class="people" aria-labelledby="question-title">
      <h3 id="question-title">${locale.say('question-title')}</h3>
      <p>${locale.say('question-text')}</p>
      <dl class="contacts">
        ${contacts.map(
          (contact) =>
            html`<dt>${locale.say(`contact-${contact.role}`)}</dt><dd class="reach">${contactLine(contact)}</dd>`,
        )}
      </dl>
      ${
        !signedIn
          ? nothing
          : reading.progress.hasQuestion
            ? html`
              <p>${locale.say('question-open')}</p>
              <div class="actions"><button class="secondary" type="button" @click=${act.settle}>${locale.say('question-settle')}</button></div>`
            : html`
              <p class="meta">${locale.say('question-wait-help')}</p>
              <div class="actions"><button class="secondary" type="button" @click=${act.ask}>${locale.say('question-wait')}</button></div>`
      }
    </section>`;
}

/** In plain words, then word for word. */
function changes({ locale }: Screen, reading: Reading): TemplateResult {
  const { whatChanged } = reading.document;
  return html`
    ${heading(locale.say('changes-title'))}
    <div class="prose section">
      <p>${locale.say('changes-text')}</p>
      ${whatChanged === undefined ? nothing : markdown(whatChanged, 4)}
    </div>
    ${reading.changes.map(
      ({ title, what, type, paragraphs }) => html`
        <section class="change">
          <h3>${title === '' ? locale.say(`change-${what === 'contacts' ? 'contacts' : 'meaning'}`) : title}</h3>
          <p class="meta">${locale.say(`change-${type}`)}</p>
          ${paragraphs.map((paragraph) => changed(paragraph))}
        </section>`,
    )}`;
}

function changed({ type, text }: Paragraph): TemplateResult {
  if (type === 'same') return html`<p class="same">${text}</p>`;
  return type === 'added' ? html`<p><ins>${text}</ins></p>` : html`<p><del>${text}</del></p>`;
}

/** Whether it was explained well, not whether somebody passes: a wrong answer leads back to the words. */
function checks(screen: Screen, reading: Reading): TemplateResult {
  const { locale } = screen;
  return html`
    ${heading(locale.say('checks-title'))}
    <p class="lead">${locale.say('checks-text')}</p>
    <div class="questions">${reading.document.checks.map((check) => checkField(screen, reading, check))}</div>`;
}

function checkField(screen: Screen, reading: Reading, check: DocumentCheck): TemplateResult {
  const { locale, act } = screen;
  const given = reading.answerTo(check);
  const isPassed = reading.isPassed(check);
  return html`
    <div class="slot">
      ${field(screen, check, given, (value) => act.answer(check, value), isPassed)}
      <div role="status">
        ${
          given === undefined
            ? nothing
            : isPassed
              ? html`<p class="right"><span aria-hidden="true">✓ </span>${locale.say('check-right')}</p>`
              : html`
                <div class="notice explain">
                  <p><strong>${locale.say('check-not-quite')}</strong></p>
                  ${markdown(check.explanation, 4)}
                  <div class="actions"><button class="secondary" type="button" @click=${() => act.goToSection(check.section)}>${locale.say('check-read-again')}</button></div>
                </div>`
        }
      </div>
    </div>`;
}

function choices(screen: Screen, reading: Reading): TemplateResult {
  const { locale } = screen;
  const own = reading.document.choices.filter(({ section }) => section === undefined);
  return html`
    ${heading(locale.say('choices-title'))}
    <p class="lead">${locale.say('choices-text')}</p>
    ${choiceFields(screen, reading, own)}`;
}

/** Nothing is chosen beforehand. */
export function choiceFields(screen: Screen, reading: Reading, all: readonly DocumentChoice[]): TemplateResult {
  return html`
    <div class="questions">
      ${all.map((choice) => field(screen, choice, reading.chosen(choice), (value) => screen.act.choose(choice, value)))}
    </div>`;
}

interface Asked {
  readonly id: string;
  readonly question: string;
  readonly options: readonly DocumentOption[];
  readonly required?: boolean;
}

/** One answer among options that all stand in view. Settled, it stays as it is; a control that were disabled would lose the focus. */
function field(
  { locale }: Screen,
  { id, question, options, required = true }: Asked,
  given: string | undefined,
  answer: (value: string) => void,
  isSettled = false,
): TemplateResult {
  return html`
    <fieldset class="question" role="radiogroup" aria-required=${required ? 'true' : nothing} aria-disabled=${isSettled ? 'true' : nothing}>
      <legend>
        <span class="title">${question}${required ? nothing : html` <span class="optional">(${locale.say('optional')})</span>`}</span>
      </legend>
      <div class="choices">
        ${options.map(({ value, text: words }) =>
          choiceRow({
            ...{ words, type: 'radio', id: `asked-${id}-${value}`, name: `asked-${id}`, checked: given === value },
            chosen: () => answer(value),
          }),
        )}
      </div>
    </fieldset>`;
}

function decision(screen: Screen, reading: Reading): TemplateResult {
  const { locale, signedIn, isAsked, act, standing, busy } = screen;
  const title = heading(locale.say('decision-title'));
  if (!signedIn) {
    return html`
      ${title}
      <div class="prose section"><p>${locale.say('decision-anonymous')}</p></div>
      <div class="actions"><button class="secondary" type="button" @click=${act.askForCode}>${locale.say('have-code')}</button></div>`;
  }
  if (!isAsked) return html`${title}<div class="prose section"><p>${locale.say('decision-not-yet')}</p></div>`;
  const obstacles = standing?.asked?.obstacles[reading.document.language] ?? [];
  const open = reading.missing;
  const isOpen = open.length > 0;
  return html`
    ${title}
    ${obstacles.length > 0 ? obstacle(screen, obstacles) : nothing}
    ${isOpen ? stillOpen(screen, reading, open) : html`<div class="prose section"><p>${locale.say('decision-text')}</p></div>`}
    <div class="decision">
      <button class="secondary" part="decision" type="button" aria-disabled=${isOpen || obstacles.length > 0 || busy ? 'true' : nothing}
        aria-describedby=${isOpen ? 'still-open' : nothing} @click=${() => !isOpen && obstacles.length === 0 && act.stage({ at: 'signing' })}>${locale.say('decide-agree')}</button>
      <button class="secondary" part="decision" type="button" @click=${() => act.stage({ at: 'declining' })}>${locale.say('decide-decline')}</button>
    </div>
    <div class="actions">
      <button class="text" type="button" @click=${() => act.leave('deferred')}>${locale.say('decide-later')}</button>
      <button class="text" type="button" @click=${() => act.leave('paper')}>${locale.say('decide-paper')}</button>
    </div>
    <p class="meta">${locale.say('decision-no-hurry')}</p>`;
}

/** Why this document cannot be signed, whatever somebody decides: the study's matter, not theirs. */
function obstacle({ locale }: Screen, obstacles: readonly string[]): TemplateResult {
  const known: readonly MessageKey[] = ['obstacle-translation-draft'];
  const key = known.find((one) => obstacles.includes(String(one).replace('obstacle-', ''))) ?? 'obstacle-other';
  return html`<div class="notice warn" role="status"><p>${locale.say(key)}</p></div>`;
}

/** What has to happen before one can agree, each with the way to it. */
function stillOpen({ locale, act }: Screen, reading: Reading, open: readonly Missing[]): TemplateResult {
  const { sections, checks, choices } = reading.document;
  const rows = open.map(({ what, id }) => {
    if (what === 'section') {
      const title = sections.find((section) => section.id === id)?.title ?? '';
      return { words: title, go: () => act.goToSection(id ?? '') };
    }
    if (what === 'question') return { words: locale.say('open-question'), go: () => act.toggle('question') };
    const asked = [...checks, ...choices].find((one) => one.id === id);
    const section = what === 'choice' ? choices.find((choice) => choice.id === id)?.section : undefined;
    const go = () =>
      section === undefined ? act.go(what === 'check' ? 'checks' : 'choices') : act.goToSection(section);
    return { words: asked?.question ?? '', go };
  });
  return html`
    <div class="notice" id="still-open">
      <p>${locale.say('decision-open', { count: rows.length })}</p>
      <ul class="open">
        ${rows.map(({ words, go }) => html`<li><button class="text" type="button" @click=${go}>${words}</button></li>`)}
      </ul>
    </div>`;
}
