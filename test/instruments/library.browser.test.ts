import { expect } from '@open-wc/testing';
import { instrumentIds, loadInstrument } from '../../src/instruments/library.ts';
import { score } from '../../src/instruments/score.ts';

describe('the library in a browser', () => {
  it('fetches an instrument when it is asked for, and no other', async () => {
    const fetched = () =>
      performance.getEntriesByType('resource').filter(({ name }) => name.includes('/library/')).length;
    expect(fetched()).to.equal(0);
    const { items, title } = await loadInstrument('gad2');
    expect(title).to.deep.equal({ en: 'GAD-2' });
    expect(items).to.have.length(2);
    expect(fetched()).to.equal(1);
  });

  it('has every instrument, and scores it', async () => {
    for (const id of instrumentIds) {
      const instrument = await loadInstrument(id);
      expect(instrument.id).to.equal(id);
      expect(score(instrument, {}).answered).to.equal(0);
    }
  });
});
