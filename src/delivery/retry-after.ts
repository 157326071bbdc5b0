/**
 * Milliseconds that an answer's `Retry-After` asks to wait (RFC 9110, 10.2.3), in either form; `undefined` when it has none
 * or one that is neither. A date counts from the answer's own `Date`, so that this device's clock may be days off. Another
 * origin must expose both headers to be heard (`Access-Control-Expose-Headers`); without its `Date`, this clock must do.
 *
 * @param now epoch milliseconds by this device's clock.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = httpDate(value);
  if (until === undefined) return undefined;
  return Math.max(0, until - (httpDate(headers.get('Date')) ?? now));
}

/** All three forms of RFC 9110, 5.6.7 begin with a day's name; the oldest does not say that it is in GMT. */
function httpDate(value: string | null): number | undefined {
  if (!value || !/^[A-Z][a-z]{2,8},? /.test(value)) return undefined;
  const time = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
