import * as v from 'valibot';

/** A series and a session's number in it: `sessions-3`. */
export const sessionIdSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,62}-[1-9]\d{0,3}$/, 'Name a session by its series and its number: "sessions-3".'),
);
