/** Somebody who takes part by an invitation: as the team makes it, and as they accept it. */
import assert from 'node:assert/strict';
import { parseCsv } from '../../../src/cli/csv.ts';
import { run } from '../../../src/cli/steady.ts';
import { runCommand } from '../command-io.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import { atOnce } from './hands.ts';
import { type Sheet, tag, untilSaid } from './sheet.ts';
import type { Stage } from './stage.ts';

export interface Invited {
  readonly id: string;
  readonly link: string;
}

/** `steady invite`, beside the running receiver. @param page where the link leads to */
export async function invite(
  { demo }: Stage,
  { study, page }: { readonly study: string; readonly page: string },
  ...more: readonly string[]
): Promise<Invited> {
  const { databaseFile } = demo.receiver;
  const keys = databaseFile.replace(/steady\.sqlite$/, 'keys');
  const args = ['invite', study, ...more, '--data', databaseFile, '--keys', keys, '--url', page];
  const { code, stderr, stdout } = await runCommand(run, args);
  assert.equal(code, 0, stderr);
  const [id = '', , , link = ''] = parseCsv(stdout)[1]?.cells ?? [];
  return { id, link };
}

export const untilInvited = (tab: JourneyBrowser, element = tag): Promise<Sheet> =>
  untilSaid(tab, 'You have been invited', element);

export async function accept(tab: JourneyBrowser, element = tag): Promise<void> {
  await untilInvited(tab, element);
  await atOnce(tab, element).press('Start');
  await untilSaid(tab, 'You are signed in.', element);
}
