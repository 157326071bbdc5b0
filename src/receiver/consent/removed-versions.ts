import { ServeError } from '../serve-error.ts';
import type { ServedStudy } from '../served-study.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * A version that somebody has signed stays in the study file: whether they are asked again goes by what came after it.
 *
 * @throws ServeError `consent-version-removed`
 */
export async function refuseRemovedConsent(tx: StoreTransaction, { file, study }: ServedStudy): Promise<void> {
  const versions = study.consent?.versions.map(({ version }) => version) ?? [];
  const removed = (await tx.signedVersions(study.id)).filter((version) => !versions.includes(version)).sort();
  if (removed.length === 0) return;
  throw new ServeError(
    'consent-version-removed',
    `${file}: consent.versions: lacks ${removed.join(', ')}, which people have signed. Put back what was signed, and write what is new as a later version.`,
  );
}
