import { ParticipantCalls, whoIs } from '../../src/delivery/participant-calls.ts';

const calls = new Map<string, ParticipantCalls>();

/** One for an endpoint and a study, so that who asks the same thing at the same moment asks once. */
export function callsFor(endpoint: string, study: string): ParticipantCalls {
  const key = `${endpoint}|${study}`;
  const there = calls.get(key) ?? new ParticipantCalls(endpoint, study);
  calls.set(key, there);
  return there;
}

/** What the outbox of an endpoint asks before it uses anybody's key. */
export function whoAmIAt(endpoint: string) {
  return whoIs((study) => callsFor(endpoint, study));
}
