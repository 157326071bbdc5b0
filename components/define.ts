/** Registers every element of the kit. */
import './eligibility-screener/eligibility-screener.define.ts';
