import type { Study } from '../../study/schema.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { StaffRouteParts } from './routes.ts';

/** The study, as it is served now, that a member of staff is signed in to. */
export function servedStudy({ studies }: Pick<StaffRouteParts, 'studies'>, { study }: StaffRow): Study {
  const known = studies.get(study);
  // The gate lets nobody in to a study that is not served.
  if (known === undefined) throw new TypeError(`No study ${study}.`);
  return known.current.study;
}
