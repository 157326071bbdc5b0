/** Dark colours, reduced motion and forced colours for a test; the runner's side is test/support/media-plugin.ts. */
import { executeServerCommand } from '@web/test-runner-commands';

/** CSS media features and the values to emulate; an empty object takes everything back. */
export type MediaFeatures = Readonly<
  Partial<Record<'prefers-color-scheme' | 'prefers-reduced-motion' | 'prefers-contrast' | 'forced-colors', string>>
>;

/**
 * Emulates CSS media features on this page until told otherwise: a test that sets them takes them back with `{}` in its
 * `afterEach`.
 *
 * @returns whether this browser can: Chromium can, Firefox cannot
 */
export async function setMedia(features: MediaFeatures): Promise<boolean> {
  return await executeServerCommand<boolean, MediaFeatures>('set-media', features);
}
