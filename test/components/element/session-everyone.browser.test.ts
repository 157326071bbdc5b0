import { assert } from '@open-wc/testing';
import { newCode } from '../../../src/submission/secrets.ts';
import type { EndpointPlan } from '../../suites/support/endpoint-plan.ts';
import { accessibilityProblems } from '../../support/browser/accessible.ts';
import { assertForEveryone } from '../../support/browser/everyone.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { keepPicture } from '../../support/browser/screenshot.ts';
import { clearStorage } from '../../support/browser/storage-dump.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

/** Every screen of a session, each with the way there, in one look after another: an element is not opened for each. */

const ANA = '0195d3a0-0000-7000-8000-00000000000a';

async function invited(plan: Partial<EndpointPlan> = {}, check?: string): Promise<ScreenerDriver> {
  const code = newCode();
  const invitations = { [code]: { participant: ANA, ...(check && { check }) } };
  const endpoint = await TestEndpoint.open(sampleStudy({ enrolment: 'invite' }), { invitations, ...plan });
  history.replaceState(null, '', `#steady-invite=${code}`);
  const screener = ScreenerDriver.open({ endpoint: endpoint.address });
  await screener.until('a heading', () => screener.heading !== '');
  return screener;
}

async function signedIn(plan: Partial<EndpointPlan> = {}): Promise<ScreenerDriver> {
  const screener = await invited(plan);
  screener.get('button.primary').click();
  await screener.until('a form', () => screener.root.querySelector('.footing span') !== null);
  await screener.untilHeading('Your work');
  return screener;
}

async function handedIn(screener: ScreenerDriver, choice: number): Promise<ScreenerDriver> {
  screener.pick(choice);
  await screener.goOn();
  screener.fill(0, '36');
  await screener.goOn();
  return screener;
}

const scenes: Readonly<Record<string, () => Promise<ScreenerDriver>>> = {
  invited: () => invited(),
  'invited, with a check that was wrong': async () => {
    const screener = await invited({}, '1970');
    screener.press('Start');
    await screener.untilText('Date of birth or PIN');
    screener.get<HTMLInputElement>('#session-check').value = '1971';
    screener.press('Start');
    await screener.untilText('You can try');
    return screener;
  },
  'invited by a link that is not known': async () => {
    const screener = await invited({ invitations: {} });
    screener.press('Start');
    await screener.untilText('not known here');
    return screener;
  },
  'a code to type': async () => {
    const screener = ScreenerDriver.open({ endpoint: (await TestEndpoint.open(sampleStudy())).address });
    await screener.untilText('I have a link or a code');
    screener.press('I have a link or a code');
    await screener.untilHeading('Continue with your link or code');
    screener.press('Continue');
    await screener.untilText('This is not a whole code.');
    return screener;
  },
  'signed in': signedIn,
  'a way back': async () => {
    const screener = await signedIn();
    screener.press('Continue on another device');
    await screener.untilText('Or type this code:');
    return screener;
  },
  'just enrolled': async () => {
    const endpoint = await TestEndpoint.open(sampleStudy(), { enrols: true, next: null });
    const screener = ScreenerDriver.open({ endpoint: endpoint.address });
    await screener.untilText('I have a link or a code');
    await handedIn(screener, 0);
    screener.fill(0, 'Ana');
    screener.fill(1, 'ana@example.org');
    await screener.goOn();
    await screener.untilText('Your way back');
    return screener;
  },
  'signed out': async () => {
    const screener = await signedIn();
    screener.press('Sign out');
    await screener.untilHeading('You are signed out');
    return screener;
  },
  'signing out with something unsent': async () => {
    const screener = await handedIn(await signedIn({ submissions: 'down' }), 2);
    await screener.untilState('kept');
    screener.press('Sign out');
    await screener.untilHeading('Not everything has been sent');
    screener.press('Throw away');
    await screener.untilText('They cannot be brought back.');
    return screener;
  },
  'nothing to do': async () => {
    const screener = await invited({ next: null });
    screener.press('Start');
    await screener.untilHeading('You have answered these questions');
    return screener;
  },
  'paused, somebody unknown': async () => {
    const screener = ScreenerDriver.open({ endpoint: (await TestEndpoint.open(sampleStudy())).address });
    await screener.untilText('I have a link or a code');
    screener.pick(0);
    screener.element.setAttribute('idle-minutes', '0.001');
    await screener.untilHeading('This page was paused');
    return screener;
  },
  'paused, a participant': async () => {
    const screener = await signedIn();
    screener.pick(0);
    screener.element.setAttribute('idle-minutes', '0.001');
    await screener.untilHeading('This page was paused');
    return screener;
  },
};

describe('the screens of a session, to everyone', () => {
  const address = location.href;
  beforeEach(clearStorage);
  afterEach(async () => {
    history.replaceState(null, '', address);
    await clearStage();
  });

  for (const [name, scene] of Object.entries(scenes)) {
    it(name, async () => {
      await assertForEveryone((await scene()).element, `session ${name}`);
    });
  }

  it('in Spanish, too', async () => {
    const screener = await signedIn();
    screener.element.lang = 'es';
    await screener.untilText('Ha iniciado sesión.');
    screener.press('Cerrar sesión');
    await screener.untilHeading('Ha cerrado la sesión');
  });

  // The last one: it is a fact about the whole page.
  it('a shared computer: axe finds nothing', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = ScreenerDriver.open({ endpoint: endpoint.address, attributes: { 'shared-computer': '' } });
    await screener.untilHeading('Your work');
    await screener.untilText('Shared computer: nothing is kept here.');
    await keepPicture('session light 1280 shared computer');
    assert.deepEqual(await accessibilityProblems(screener.element), []);
  });
});
