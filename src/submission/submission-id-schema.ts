import * as v from 'valibot';

/** UUID version 7 (RFC 9562), lower case: made by the browser, it is also the idempotency key. */
export const submissionIdSchema = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
);
