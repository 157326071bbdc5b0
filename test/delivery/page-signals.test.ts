import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type PageSignal, pageSignals } from '../../src/delivery/page-signals.ts';

class FakePage extends EventTarget {
  visibilityState = 'visible';

  look(state: 'visible' | 'hidden'): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('page signals', () => {
  it('say when the network is back and whether anybody looks', () => {
    const scope = new EventTarget();
    const page = new FakePage();
    const signals = pageSignals(scope, page);
    const heard: PageSignal[] = [];
    const stop = signals.subscribe((signal) => heard.push(signal));
    scope.dispatchEvent(new Event('online'));
    page.look('hidden');
    assert.equal(signals.hidden, true);
    page.look('visible');
    assert.equal(signals.hidden, false);
    scope.dispatchEvent(new Event('pagehide'));
    scope.dispatchEvent(new Event('pageshow'));
    const all = ['online', 'hidden', 'visible', 'hidden', 'visible'];
    assert.deepEqual(heard, all);
    stop();
    scope.dispatchEvent(new Event('online'));
    page.look('hidden');
    assert.deepEqual(heard, all);
  });

  it('are silent where there is nothing to listen to', () => {
    const signals = pageSignals({});
    assert.equal(signals.hidden, false);
    signals.subscribe(() => assert.fail())();
  });
});
