/** The demo as it is started by hand, in a folder of its own, with a look into its database. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, type DemoOptions, startDemo } from '../../../demo/start-demo.ts';
import { Database } from '../database.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import { sharedThing } from '../journey/shared-thing.ts';
import type { HostPage } from './people.ts';
import { watchPolicy } from './policy.ts';

export interface Stage {
  readonly demo: Demo;
  readonly database: Database;
  /** A host page's address. `source` marks what is sent from it, so that its rows can be told from others. */
  at(page: HostPage, source: string): string;
  close(): Promise<void>;
}

/** The demo as it is, shared by all journeys of the process: for those that leave its receiver alone. */
export const usualStage = sharedThing(openStage, (stage) => stage.close());

/** The same of the short one. */
export const usualShortStage = sharedThing(openShortStage, (stage) => stage.close());

/**
 * The demo with the Keck study cut down to its first question, where it is not the questions that matter: a journey then
 * takes a fraction of the time.
 */
export async function openShortStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'steady-short-'));
  const file = join(folder, 'keck.study.json');
  await writeFile(file, JSON.stringify(shortened(JSON.parse(await readFile(keckFile, 'utf8')))));
  const stage = await openStage({ studyFiles: [file] });
  return {
    ...stage,
    async close() {
      await stage.close();
      await rm(folder, { recursive: true });
    },
  };
}

const keckFile = new URL('../../../demo/studies/keck.study.json', import.meta.url);

interface Asking {
  readonly name: string;
}

interface StudyJson {
  readonly screening: {
    readonly form: { readonly pages: readonly { readonly name: string; readonly elements: readonly Asking[] }[] };
    readonly contact: StudyJson['screening']['form'];
    readonly criteria: readonly { readonly when: { readonly question?: string } }[];
  };
}

function shortened(study: StudyJson): unknown {
  const { contact, criteria, form } = study.screening;
  const only = ({ pages }: typeof form, names: readonly string[]) => ({
    pages: [
      { name: 'only', elements: pages.flatMap(({ elements }) => elements).filter(({ name }) => names.includes(name)) },
    ],
  });
  const screening = {
    ...study.screening,
    form: only(form, ['role']),
    contact: only(contact, ['first-name', 'email']),
    criteria: criteria.filter(({ when }) => when.question === 'role'),
  };
  return { ...study, screening };
}

export async function openStage(options: Partial<DemoOptions> = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'steady-stage-'));
  const demo = await startDemo({ dataDir: join(folder, 'data'), ...options });
  return {
    demo,
    database: new Database(demo.receiver.databaseFile),
    at: ({ path }, source) => addressOf(demo.url, path, source),
    async close() {
      await demo.close();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * Somebody who was not here before: their browser knows of no draft and no participant. Where guests cannot be had, what
 * the page's origin keeps is emptied.
 *
 * @returns the tab, and the way to leave it
 */
export async function newcomer(browser: JourneyBrowser, address: string): Promise<Visit> {
  if (browser.isControllable) {
    const tab = await browser.guest();
    await watchPolicy(tab);
    await tab.open(address);
    return { tab, leave: () => tab.close() };
  }
  // A page of the same origin that holds nothing open.
  await browser.open(new URL('/nobody-is-here', address).href);
  await browser.evaluate(async () => {
    sessionStorage.clear();
    localStorage.clear();
    for (const { name = '' } of await indexedDB.databases()) {
      await new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase(name);
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error);
      });
    }
  });
  await browser.open(address);
  return { tab: browser, leave: async () => undefined };
}

export interface Visit {
  readonly tab: JourneyBrowser;
  leave(): Promise<void>;
}

export function addressOf(origin: string, path: string, source: string): string {
  return `${origin}${path}?source=${encodeURIComponent(source)}`;
}
