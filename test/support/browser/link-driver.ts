/** The recruiter's element as a test uses it, in English or Spanish. */
import '../../../components/screener-link/screener-link.define.ts';
import type { ScreenerLink } from '../../../components/index.ts';
import type { MessageKey, Words } from '../../../components/locales/catalogue.ts';
import { enLink } from '../../../components/locales/en-link.ts';
import { enLinkLater } from '../../../components/locales/en-link-later.ts';
import { esLink } from '../../../components/locales/es-link.ts';
import { esLinkLater } from '../../../components/locales/es-link-later.ts';
import { ElementDriver, type OpenElement, place } from './element-driver.ts';
import { STUDY } from './real-receiver.ts';

const WORDS: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  en: { ...enLink, ...enLinkLater },
  es: { ...esLink, ...esLinkLater },
};

export class LinkDriver extends ElementDriver<ScreenerLink> {
  static open(options: OpenElement): LinkDriver {
    return new LinkDriver(place('steady-screener-link', { study: STUDY, ...options }));
  }

  /** The kit's own words, in the language of the element. */
  say(key: MessageKey): string {
    return String(WORDS[this.element.lang]?.[key]);
  }

  async signIn(token: string): Promise<void> {
    await this.untilHeading(this.say('link-sign-in-title'));
    this.get<HTMLInputElement>('#token').value = token;
    this.press(this.say('link-sign-in'));
  }

  /** Chooses in the form and presses the button. */
  async make(channel: MessageKey, language?: string, site?: string): Promise<void> {
    await this.untilHeading(this.say('link-new-title'));
    if (site !== undefined) {
      const select = this.get<HTMLSelectElement>('#site');
      select.value = site;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
    this.choose(this.say(channel));
    if (language !== undefined) this.choose(language);
    this.press(this.say('link-make'));
  }
}
