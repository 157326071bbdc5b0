/** Removes everything that a build makes, so that nothing of a source that is gone is published. */
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
