import * as v from 'valibot';
import { type Allocation, allocationSchema, type SiteAllocation } from '../../study/allocation-part.ts';
import { fitted, parseJson } from '../../study/read.ts';
import { headShape, type Site } from '../../study/schema.ts';
import { SteadyError } from '../../study/steady-error.ts';
import { list } from '../../study/wording.ts';
import { keptStudy } from '../kept-study.ts';
import type { Mode } from '../mode.ts';
import type { StoreTransaction, StudyFileRow } from '../store/store.ts';

/** How a study allocates, as its database knows it: for whoever works on one without its file. */

export interface KeptAllocation<Kind extends Allocation = Allocation> {
  readonly study: string;
  readonly mode: Mode;
  /** Of the file that was kept last: everything here is by it. */
  readonly version: string;
  readonly arms: readonly string[];
  readonly sites: readonly Site[];
  readonly allocation: Kind;
}

/** What is read of a file that a receiver has checked when it kept it. */
const keptSchema = v.object({
  sites: headShape.sites,
  arms: v.optional(v.array(v.object({ id: v.string() }))),
  allocation: v.optional(allocationSchema),
});

/** @throws SteadyError `unknown-study`, `unreadable-study`, `no-allocation` */
export async function keptAllocation(tx: StoreTransaction, study: string): Promise<KeptAllocation> {
  const { mode } = await keptStudy(tx, study);
  const file = (await tx.studyFiles(study)).at(-1);
  const kept = file && fitted(keptSchema, parseJson(file.content));
  if (file === undefined || kept === undefined) {
    throw new SteadyError('unreadable-study', `${study}, as it was kept, cannot be read by this release.`);
  }
  const { arms = [], sites = [], allocation } = kept;
  if (allocation === undefined) {
    throw new SteadyError(
      'no-allocation',
      `The study "${study}", in its newest file, allocates nobody. Add "allocation" to the file and serve it.`,
    );
  }
  return { study, mode, version: file.version, arms: arms.map(({ id }) => id), sites, allocation };
}

/** @throws SteadyError as `keptAllocation`, and `not-by-site` */
export async function keptSiteAllocation(tx: StoreTransaction, study: string): Promise<KeptAllocation<SiteAllocation>> {
  const kept = await keptAllocation(tx, study);
  const { allocation } = kept;
  if (allocation.unit === 'site') return { ...kept, allocation };
  throw new SteadyError(
    'not-by-site',
    `The study "${study}" allocates each participant, when they have handed in "${allocation.after}". There are no sites to draw.`,
  );
}

/** The allocation that a kept file speaks of; undefined where it speaks of none, or cannot be read any more. */
export function allocationIn({ content }: StudyFileRow): Allocation | undefined {
  return fitted(v.object({ allocation: allocationSchema }), parseJson(content))?.allocation;
}

/** @throws SteadyError `unknown-arm` */
export function assertArm({ arms, study }: KeptAllocation, arm: string): void {
  if (arms.includes(arm)) return;
  throw new SteadyError(
    'unknown-arm',
    `The study "${study}", in its newest file, has no arm "${arm}". It has ${list(arms, 'and')}.`,
  );
}
