import { assert } from '@open-wc/testing';
import '../../../components/eligibility-screener/eligibility-screener.define.ts';
import { StudyProvider } from '../../../components/index.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver, stage } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

function provide(attributes: Readonly<Record<string, string>>): HTMLElement {
  const provider = document.createElement('steady-study');
  for (const [name, value] of Object.entries(attributes)) provider.setAttribute(name, value);
  stage().append(provider);
  return provider;
}

function within(parent: Element | ShadowRoot, attributes: Readonly<Record<string, string>> = {}): ScreenerDriver {
  const element = document.createElement('steady-eligibility-screener');
  for (const [name, value] of Object.entries({ lang: 'en', ...attributes })) element.setAttribute(name, value);
  parent.append(element);
  return new ScreenerDriver(element);
}

describe('<steady-study>', () => {
  const errors: string[] = [];
  const listen = ({ code }: { code: string }) => errors.push(code);
  beforeEach(() => window.addEventListener('steady-error', listen));
  afterEach(async () => {
    window.removeEventListener('steady-error', listen);
    await clearStage();
  });

  it('that comes after its elements still says study and endpoint, and nobody complains meanwhile', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = within(provide({ study: 'quiet-hours', endpoint: endpoint.address }));
    await screener.element.updateComplete;
    // Even what the element does in the moment in which the provider comes to life.
    screener.element.requestUpdate();
    customElements.define('steady-study', StudyProvider);
    await screener.untilHeading('Your work');
    assert.deepEqual(errors, []);
  });

  it('reaches through shadow roots; what an element says itself wins, whenever the provider changes', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const provider = provide({ study: 'quiet-hours', endpoint: endpoint.address, theme: 'dark', 'idle-minutes': '3' });
    const box = document.createElement('div');
    provider.append(box);
    const inside = within(box.attachShadow({ mode: 'open' }));
    const own = within(provider, { theme: 'light' });
    await inside.untilHeading('Your work');
    assert.deepEqual([inside.element.theme, inside.element.idleMinutes, own.element.theme], ['dark', 3, 'light']);
    provider.setAttribute('theme', 'light');
    assert.equal(inside.element.theme, 'light');
    inside.element.theme = 'auto';
    provider.setAttribute('theme', 'dark');
    assert.deepEqual([inside.element.theme, own.element.theme], ['auto', 'light']);
  });

  it('that an element has left has no more say', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const provider = provide({ study: 'quiet-hours', endpoint: endpoint.address });
    const screener = within(provider);
    await screener.untilHeading('Your work');
    stage().append(screener.element);
    provider.setAttribute('theme', 'dark');
    assert.equal(screener.element.theme, 'auto');
  });
});
