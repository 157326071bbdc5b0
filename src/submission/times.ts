import * as v from 'valibot';

/** How a receiver tells days and times. */

/** Of the study's time zone. */
export const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));

/** By the receiver's clock, UTC. */
export const instant = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
