import { clearStage } from '../../support/browser/element-driver.ts';
import { assertForEveryone } from '../../support/browser/everyone.ts';
import { LinkDriver } from '../../support/browser/link-driver.ts';
import { RealReceiver } from '../../support/browser/real-receiver.ts';

/** Every screen of the recruiter's element, each with the way there, in the longer language. */

const changes = {
  irb: 'HS-26-00123',
  sites: [
    { id: 'north', title: 'North Ridge Neighbourhood Residence' },
    { id: 'south', title: 'South' },
  ],
};

async function open(): Promise<{ readonly links: LinkDriver; readonly receiver: RealReceiver }> {
  const receiver = await RealReceiver.open({ changes, screening: true });
  const links = LinkDriver.open({ endpoint: receiver.address, attributes: { lang: 'es' }, fallback: 'Llame.' });
  await links.untilHeading(links.say('link-sign-in-title'));
  return { links, receiver };
}

async function signedIn(): Promise<LinkDriver> {
  const { links, receiver } = await open();
  await links.signIn(await receiver.hire('recruiter'));
  await links.untilHeading(links.say('link-new-title'));
  return links;
}

async function made(channel: 'email' | 'poster'): Promise<LinkDriver> {
  const links = await signedIn();
  await links.make(`channel-${channel}`, 'Español', 'north');
  await links.untilText(links.say('link-made'));
  return links;
}

const scenes: Readonly<Record<string, () => Promise<LinkDriver>>> = {
  'a token that is wrong': async () => {
    const { links } = await open();
    await links.signIn('steady-staff-wrong');
    await links.untilText(links.say('link-token-wrong'));
    return links;
  },
  'the form with problems, and links': async () => {
    const links = await made('email');
    links.press(links.say('link-all'));
    await links.untilHeading(links.say('link-new-title'));
    links.press(links.say('link-make'));
    await links.until('a summary', () => links.root.querySelector('.summary') !== null);
    await links.until('the counts', () => links.element.state === 'ready');
    return links;
  },
  'a link for an e-mail': async () => {
    const links = await made('email');
    links.press(links.say('link-end'));
    await links.untilText(links.say('link-end-sure'));
    return links;
  },
  'a link for a poster': () => made('poster'),
  'a plain address': async () => {
    const links = LinkDriver.open({ endpoint: '', study: '', attributes: { page: '/study/', lang: 'es' } });
    await links.make('channel-slide');
    await links.untilHeading(links.say('link-title-plain'));
    return links;
  },
};

describe('every screen of the recruiter’s element, for everyone', () => {
  afterEach(clearStage);

  for (const [name, scene] of Object.entries(scenes)) {
    it(name, async () => {
      await assertForEveryone((await scene()).element, `link ${name}`);
    });
  }
});
