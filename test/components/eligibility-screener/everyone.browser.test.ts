import { assertForEveryone } from '../../support/browser/everyone.ts';
import { scenes } from '../../support/browser/scenes.ts';
import { clearStage } from '../../support/browser/screener-driver.ts';

describe('every state and screen of the screener, for everyone', () => {
  afterEach(clearStage);

  for (const [name, scene] of Object.entries(scenes)) {
    it(name, async () => {
      await assertForEveryone((await scene({ attributes: { lang: 'es' } })).element, `screener ${name}`);
    });
  }
});
