import { html } from 'hono/html';
import type { Study } from '../../study/schema.ts';
import { pageResponse } from './page.ts';

/** Elements that can be drawn in a frame, and whether a study has what they ask. */
const ELEMENTS: Readonly<Record<string, (study: Study) => boolean>> = {
  'eligibility-screener': ({ screening }) => screening !== undefined,
  'consent-form': ({ consent }) => consent !== undefined,
  'burnout-questionnaire': ({ assessments }) => assessments !== undefined,
  'session-tracker': ({ arms, assessments }) => arms !== undefined || assessments !== undefined,
  // A recruiter's token is typed there.
  'screener-link': ({ screening }) => screening !== undefined,
};

/**
 * The isolated frame of one element: an empty page whose script waits for the host page's greeting.
 *
 * @param origins whose pages may show it
 * @returns nothing where the study has no such element
 */
export function framePage(
  study: Study,
  element: string,
  language: string,
  origins: readonly string[],
): Promise<Response> | undefined {
  if (!Object.hasOwn(ELEMENTS, element) || ELEMENTS[element]?.(study) !== true) return undefined;
  return pageResponse({
    language,
    root: '../../../',
    script: 'frame.js',
    soon: [`${element}.js`],
    body: html`<body data-study="${study.id}" data-element="${element}" data-endpoint="../../../" data-origins="${origins.join(' ')}"></body>`,
    ancestors: ["'self'", ...origins],
  });
}
