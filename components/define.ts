/** Registers every element of the kit. */
import './study/study.define.ts';
import './eligibility-screener/eligibility-screener.define.ts';
import './consent-form/consent-form.define.ts';
import './burnout-questionnaire/burnout-questionnaire.define.ts';
import './session-tracker/session-tracker.define.ts';
import './screener-link/screener-link.define.ts';
