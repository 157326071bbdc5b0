/** Sessions and assessments as `GET /me` tells them, written out: each test says only what it is about. */
import type { MyAssessment, MySession, MySessions } from '../../../src/submission/participation.ts';

export function session(number: number, changes: Partial<MySession> = {}): MySession {
  const { series = 'groups' } = changes;
  return {
    ...{ id: `${series}-${number}`, series, number, optional: false, format: 'group', state: 'scheduled' },
    ...{ timing: 'upcoming', window: { first: '2026-05-11', last: '2026-05-24' } },
    ...{ misses: [], outstanding: false, received: false, homework: [], slots: [] },
    ...changes,
  };
}

export function sessions(plan: readonly MySession[], changes: Partial<MySessions> = {}): MySessions {
  return {
    ...{ arm: { id: 'groups-arm', title: { en: 'Groups', es: 'Grupos' } }, timeZone: 'America/Los_Angeles' },
    ...{ start: '2026-03-02', state: 'open', plan: [...plan], counts: null, outstanding: [] },
    ...{ offers: [], warnings: [], reviews: [], calendar: false },
    ...changes,
  };
}

export function assessment(id: string, changes: Partial<MyAssessment> = {}): MyAssessment {
  return { id, state: 'not-yet', opens: '2026-05-25', due: '2026-06-01', closes: '2026-06-29', ...changes };
}

export const slot = (id: string, startsAt: string): MySession['slots'][number] => ({ id, startsAt });
