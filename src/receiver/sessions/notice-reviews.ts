import type { InterventionPlan } from '../../schedule/participant-plan.ts';
import { participantChain } from '../audit.ts';
import type { Desk } from '../desk.ts';
import { raiseFlag } from '../flags.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * Flags each review that an event has raised, once: staff are to speak with the participant about withdrawing from the
 * intervention, which is theirs to decide together. More misses raise no second flag.
 */
export async function noticeReviews(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode'>,
  {
    study,
    participant,
    at,
    before,
    after,
  }: {
    readonly study: string;
    readonly participant: string;
    readonly at: string;
    readonly before: InterventionPlan;
    readonly after: InterventionPlan;
  },
): Promise<void> {
  const raised = after.reviews.filter(
    ({ series, outstanding }) =>
      !before.reviews.some((one) => one.series === series && one.outstanding === outstanding),
  );
  for (const { series } of raised) {
    const flag = { study, kind: 'withdrawal-review', subjects: [participant, series], at } as const;
    await raiseFlag(tx, desk, { ...flag, event: 'review-raised', chain: participantChain(participant) });
  }
}
