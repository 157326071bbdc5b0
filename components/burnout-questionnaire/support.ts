import { html, nothing, type TemplateResult } from 'lit';
import { safetyFlag } from '../../src/instruments/score.ts';
import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import { textIn } from '../../src/study/text.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { resourceList } from '../element/resources.ts';
import type { Screen } from './screen.ts';
import type { Sitting } from './sitting.ts';

/**
 * Whom somebody can reach, as soon as an answer of the open part says that they may need it (the instrument's own safety
 * rules), and what becomes of that answer. It stays while that part is open, and is announced where it is not seen.
 */
export function support(screen: Screen, study: QuestionnaireStudy, sitting: Sitting): TemplateResult | typeof nothing {
  const { instrument, answers, language } = sitting;
  const isRaised = instrument?.items.some(({ id }) => safetyFlag(instrument, id, answers[id]) !== undefined);
  const { locale, which } = screen;
  return html`<div role="alert">${isRaised ? reach(study, language, locale, respondsWithin(which)) : nothing}</div>`;
}

function respondsWithin(which: Screen['which']): string | undefined {
  return which?.asked?.kind === 'assessment' ? which.asked.assessment.safety?.respondsWithin : undefined;
}

function reach(
  study: QuestionnaireStudy,
  language: string,
  locale: LocaleController,
  within: string | undefined,
): TemplateResult {
  return html`
    <section class="people support">
      <h3>${locale.say('support-title')}</h3>
      <p>${locale.say('support-text')}</p>
      ${resourceList(study.resources ?? [], (text) => textIn(text, language, study.languages))}
      <p class="meta">${told(locale, within)}</p>
    </section>`;
}

/** Only a study that has named who answers, and how soon, can promise a time. */
function told(locale: LocaleController, within: string | undefined): string {
  const [, hours, days] = /^P(?:T(\d+)H|(\d+)D)$/.exec(within ?? '') ?? [];
  if (hours !== undefined) return locale.say('support-within-hours', { count: Number(hours) });
  if (days !== undefined) return locale.say('support-within-days', { count: Number(days) });
  return locale.say('support-told');
}
