/**
 * SHA-256, lower-case hex, of a JSON value's RFC 8785 form: the submission room's `digestOf`. Handed in, because this room
 * knows no platform.
 */
export type DigestOf = (value: unknown) => Promise<string>;
