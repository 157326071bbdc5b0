import { svg, type TemplateResult } from 'lit';
import type { Mark } from './course.ts';

/** A sign for each state, so that it is told by its shape before its colour. Drawn in the colour of the words beside it. */

type Shape = 'full' | 'ring' | 'strong' | 'dashed';

const SIGNS: Readonly<Record<Mark, readonly [shape: Shape, path: string]>> = {
  attended: ['full', 'M7 12.5l3.4 3.4L17 9'],
  done: ['full', 'M7 12.5l3.4 3.4L17 9'],
  partial: ['ring', 'M7 12.5l3.4 3.4L17 9'],
  missed: ['ring', 'M8.5 8.5l7 7m0-7l-7 7'],
  'made-up': ['ring', 'M10 8.2v7.6l6-3.8z'],
  rescheduled: ['ring', 'M8 12h8m-3-3l3 3-3 3'],
  waiting: ['dashed', 'M8 12h8m-3-3l3 3-3 3'],
  'cancelled-by-staff': ['ring', 'M7 17L17 7'],
  'not-completed': ['dashed', 'M8.5 12h7'],
  'not-answered': ['dashed', 'M8.5 12h7'],
  unsaid: ['ring', 'M8 12h.01M12 12h.01M16 12h.01'],
  next: ['strong', 'M12 12h.01'],
  open: ['strong', 'M12 12h.01'],
  scheduled: ['ring', ''],
  'not-yet': ['ring', ''],
  unknown: ['dashed', ''],
};

export function sign(mark: Mark): TemplateResult {
  const [shape, path] = SIGNS[mark];
  return svg`<svg class="sign ${shape}" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10" /><path d=${path} /></svg>`;
}
