/** Registers every element of the kit. */
import './study/study.define.ts';
import './eligibility-screener/eligibility-screener.define.ts';
