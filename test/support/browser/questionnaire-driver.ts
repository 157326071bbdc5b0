/** The questionnaire as a test uses it, in English or Spanish. */
import '../../../components/burnout-questionnaire/burnout-questionnaire.define.ts';
import type { BurnoutQuestionnaire } from '../../../components/index.ts';
import type { MessageKey } from '../../../components/locales/catalogue.ts';
import { en } from '../../../components/locales/en.ts';
import { enLater } from '../../../components/locales/en-later.ts';
import { enQuestionnaire } from '../../../components/locales/en-questionnaire.ts';
import { enQuestionnaireLater } from '../../../components/locales/en-questionnaire-later.ts';
import { es } from '../../../components/locales/es.ts';
import { esLater } from '../../../components/locales/es-later.ts';
import { esQuestionnaire } from '../../../components/locales/es-questionnaire.ts';
import { esQuestionnaireLater } from '../../../components/locales/es-questionnaire-later.ts';
import { clean, ElementDriver, type OpenElement, place } from './element-driver.ts';
import { STUDY } from './real-receiver.ts';

const WORDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  en: { ...en, ...enLater, ...enQuestionnaire, ...enQuestionnaireLater },
  es: { ...es, ...esLater, ...esQuestionnaire, ...esQuestionnaireLater },
};

export class QuestionnaireDriver extends ElementDriver<BurnoutQuestionnaire> {
  static open(options: OpenElement): QuestionnaireDriver {
    return new QuestionnaireDriver(place('steady-burnout-questionnaire', { study: STUDY, ...options }));
  }

  /** The kit's own words, in the language of the element. */
  say(key: MessageKey): string {
    return String(WORDS[this.element.lang]?.[key]);
  }

  /** What stands above the page: which part it is. */
  get part(): string {
    return clean(this.root.querySelector('.progress .spoken')?.textContent);
  }

  /** The items and questions of the open page, by their words. */
  get items(): readonly string[] {
    return this.all('.row > legend, .question > legend .title, .question > label .title')
      .filter((title) => title.closest('.matrix > legend') === null)
      .map((title) => clean(title.firstChild?.parentElement?.textContent));
  }

  /** Chooses by place among an item's options, in every item of the open page. */
  answerAll(option: number): void {
    for (const row of this.all('.row, .question:not(.matrix)')) {
      row.querySelectorAll<HTMLInputElement>('.choice input')[option]?.click();
    }
  }

  /** Chooses in one item, by its words. */
  answer(item: string, option: number): void {
    const found = this.all('.row, .question:not(.matrix)').find((row) => clean(row.textContent).startsWith(item));
    const input = found?.querySelectorAll<HTMLInputElement>('.choice input')[option];
    if (input === undefined) throw new Error(`No item “${item}” in: ${this.text}`);
    input.click();
  }

  /** Goes on to the next page, whatever it is. */
  async next(): Promise<void> {
    const before = this.#page;
    this.get('button.primary').click();
    await this.until('the next page', () => this.#page !== before && this.heading !== '');
  }

  async back(): Promise<void> {
    const before = this.#page;
    this.press(this.say('back'));
    await this.until('the page before', () => this.#page !== before && this.heading !== '');
  }

  get #page(): string {
    return `${this.heading} ${this.part} ${this.items.join()}`;
  }
}
