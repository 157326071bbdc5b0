/** Somebody who recruits: their token, as the team makes it, and their way through the element. */
import assert from 'node:assert/strict';
import { enLink } from '../../../components/locales/en-link.ts';
import { enLinkLater } from '../../../components/locales/en-link-later.ts';
import { run } from '../../../src/cli/steady.ts';
import { runCommand } from '../command-io.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import type { Hands } from './hands.ts';
import { linkTag, untilSheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const words = { ...enLink, ...enLinkLater };

/** The kit's own words, in English. */
export const sayLink = (key: keyof typeof words): string => words[key];

/** Where the demo has its receiver's secret keys. */
export const keysOf = ({ receiver }: Stage['demo']): string => receiver.databaseFile.replace(/steady\.sqlite$/, 'keys');

/** `steady staff add`, beside the running receiver. @returns the token */
export async function hire({ demo }: Stage, study: string, role: string): Promise<string> {
  const { databaseFile: data } = demo.receiver;
  const args = ['staff', 'add', study, '--role', role, '--name', 'Ana Ruiz', '--data', data, '--keys', keysOf(demo)];
  const { code, stderr, stdout } = await runCommand(run, args);
  assert.equal(code, 0, stderr);
  return /steady-staff-[\w-]+/.exec(stdout)?.[0] ?? assert.fail(stdout);
}

export async function signInAs(tab: JourneyBrowser, hands: Hands, token: string): Promise<void> {
  await untilHeading(tab, sayLink('link-sign-in-title'));
  await hands.write({ kind: 'text', title: sayLink('link-token'), choices: [] }, token);
  await hands.press(sayLink('link-sign-in'));
  await untilHeading(tab, sayLink('link-new-title'));
}

/** Waits until the element's heading is as asked. @returns all that it says then */
export async function untilHeading(tab: JourneyBrowser, heading: string | RegExp): Promise<string> {
  const fits = (found: string) => (typeof heading === 'string' ? found === heading : heading.test(found));
  const what = `waiting for the heading ${heading}`;
  return (await untilSheet(tab, what, (sheet) => fits(sheet.heading), { element: linkTag })).text;
}
