/** The consent form as a test uses it, in English or Spanish. */
import '../../../components/consent-form/consent-form.define.ts';
import type { ConsentForm } from '../../../components/index.ts';
import type { MessageKey } from '../../../components/locales/catalogue.ts';
import { enConsent } from '../../../components/locales/en-consent.ts';
import { enConsentLater } from '../../../components/locales/en-consent-later.ts';
import { esConsent } from '../../../components/locales/es-consent.ts';
import { esConsentLater } from '../../../components/locales/es-consent-later.ts';
import { ElementDriver, type OpenElement, place } from './element-driver.ts';
import { STUDY } from './real-receiver.ts';

const WORDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  en: { ...enConsent, ...enConsentLater },
  es: { ...esConsent, ...esConsentLater },
};

export class ConsentDriver extends ElementDriver<ConsentForm> {
  static open(options: OpenElement): ConsentDriver {
    return new ConsentDriver(place('steady-consent-form', { study: STUDY, ...options }));
  }

  /** The kit's own words, in the language of the element. */
  say(key: MessageKey): string {
    return String(WORDS[this.element.lang]?.[key]);
  }

  /** From where one is to the heading of another place, by Continue. */
  async goOnTo(heading: string): Promise<void> {
    for (let steps = 0; this.heading !== heading; steps += 1) {
      if (steps > 100) throw new Error(`${heading} never came: ${this.text}`);
      const before = this.heading;
      this.press(this.say('consent-continue'));
      await this.until('the next place', () => this.heading !== before && this.heading !== '');
    }
  }

  /** Reads every section, answers and chooses, up to the decision. */
  async readAll(): Promise<void> {
    await this.goOnTo(this.say('checks-title'));
    this.pick(0);
    await this.untilText(this.say('check-right'));
    this.press(this.say('consent-continue'));
    await this.untilHeading(this.say('choices-title'));
    this.pick(1);
    this.press(this.say('consent-continue'));
    await this.untilHeading(this.say('decision-title'));
  }

  async toSigning(): Promise<void> {
    this.press(this.say('decide-agree'));
    await this.untilHeading(this.say('sign-title'));
  }

  /** Fills in the whole block: typed, with the list of rights and the authorization. */
  async fillIn(name = 'Ana Pérez'): Promise<void> {
    this.write('sign-name', name);
    for (const mark of ['sign-mark', 'sign-authorization']) {
      this.get<HTMLInputElement>(`#${mark}`).click();
      await this.element.updateComplete;
      this.write(`${mark}-text`, name);
    }
    if (!this.get<HTMLInputElement>('#sign-rights').checked) this.get<HTMLInputElement>('#sign-rights').click();
    await this.element.updateComplete;
  }

  async sign(): Promise<void> {
    await this.toSigning();
    await this.fillIn();
    this.press(this.say('sign-send'));
  }

  write(id: string, text: string): void {
    const field = this.get<HTMLInputElement>(`#${id}`);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }
}
