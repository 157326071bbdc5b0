/**
 * The demo with one of its trials and a clock in the test's hands: the pages, the real receiver behind them on a database file,
 * the staff's calls to it, and browsers that live in the same time. Months pass between two visits.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ReceiverOptions, ReceiverProcess } from '../../../demo/receiver-process.ts';
import { findEmbed } from '../../../src/cli/find-embed.ts';
import { openRecordKeys } from '../../../src/receiver/consent/record-keys.ts';
import { TOKEN_IDLE_DAYS } from '../../../src/receiver/days.ts';
import { openKeys } from '../../../src/receiver/keys.ts';
import { serve } from '../../../src/receiver/serve.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import { readDemoStudy } from '../consent-office.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import { setClock } from '../journey/set-clock.ts';
import { questionnaireOfficeFor } from '../questionnaire-office.ts';
import { type SessionOffice, sessionOffice } from '../session-office.ts';
import type { Trial } from '../trial-answers.ts';
import { openStage, type Stage } from './stage.ts';

export interface TrialStage extends Stage {
  /** The same receiver, asked by its routes: its `goTo` moves the clock of everything that is asked or opened after it. */
  readonly office: SessionOffice;
  /** A token of a coordinator's. */
  readonly coordinator: string;
  /** Opens a page in the stage's time; at another one from now on, if it is said. */
  visit(tab: JourneyBrowser, page: string, time?: string): Promise<void>;
  /** A link with which somebody comes in by another browser, as a coordinator makes it. */
  wayBack(participant: string, page: string): Promise<string>;
  /** Where somebody stands with their sessions, as staff are told. */
  standing(participant: string): Promise<StandingSeen>;
}

export interface StandingSeen {
  /** The intervention's. */
  readonly state: string;
  /** Session by session. */
  readonly sessions: readonly {
    readonly session: string;
    readonly state: string;
    /** Days. */
    readonly window: { readonly first: string };
  }[];
  readonly outstanding: readonly string[];
  readonly reviews: readonly { readonly state: string }[];
}

const demoFile = (name: string): string => fileURLToPath(new URL(`../../../demo/studies/${name}`, import.meta.url));

/** @param now where its clock begins: it goes on from there */
export async function openTrialStage(trial: Trial, now: string): Promise<TrialStage> {
  const clock = new Clock(now);
  let office: SessionOffice | undefined;
  const openReceiver = (options: ReceiverOptions): ReceiverProcess => {
    let serving: { readonly url: string; close(): Promise<void> } | undefined;
    const stop = async (): Promise<void> => {
      await serving?.close();
      serving = undefined;
    };
    return {
      get url() {
        return serving?.url;
      },
      get address() {
        return serving?.url;
      },
      async start() {
        office = await openOffice(trial, options, clock);
        serving = await serve(office.receiver, { port: 0 });
      },
      stop,
      kill: stop,
    };
  };
  const stage = await openStage({ studyFiles: [demoFile(`${trial}.study.json`)], openReceiver });
  if (office === undefined) throw new Error('The demo has not started its receiver.');
  return trialStage(stage, office, clock);
}

async function trialStage(stage: Stage, office: SessionOffice, clock: Clock): Promise<TrialStage> {
  const coordinator = await office.hire('coordinator');
  const asked = async (status: number, method: string, path: string, body?: object): Promise<string> => {
    const answer = await office.staff(coordinator, method, path, body);
    assert.equal(answer.status, status, answer.body);
    return answer.body;
  };
  return {
    ...{ ...stage, office, coordinator },
    async visit(tab, page, time) {
      if (time !== undefined) office.goTo(time);
      await setClock(tab, clock.ahead);
      await tab.open(page);
    },
    async wayBack(participant, page) {
      const { code } = JSON.parse(await asked(201, 'POST', `participants/${participant}/invitation`, {}));
      return `${page}#steady-invite=${code}`;
    },
    standing: async (participant) => JSON.parse(await asked(200, 'GET', `participants/${participant}/sessions`)),
  };
}

async function openOffice(
  trial: Trial,
  { databaseFile, keysDir }: ReceiverOptions,
  clock: Clock,
): Promise<SessionOffice> {
  const json = readDemoStudy(trial);
  const brought = { file: 'ces.instrument.json', text: await readFile(demoFile('ces.instrument.json'), 'utf8') };
  const embedDir = findEmbed();
  const office = await questionnaireOfficeFor(json, {
    store: await openSqliteStore(databaseFile),
    ...{ keys: await openKeys(keysDir, []), recordKeys: await openRecordKeys(keysDir, []) },
    ...{ now: () => new Date(clock.now), trustProxy: true, tokenIdleDays: TOKEN_IDLE_DAYS },
    ...(trial === 'mgh' && { items: { [String(json.id)]: [brought] } }),
    ...(embedDir !== undefined && { embedDir }),
  });
  return sessionOffice({ ...office, clock });
}

/** A clock that goes on, from wherever it is set to. */
class Clock {
  ahead = 0;

  constructor(now: string) {
    this.now = now;
  }

  get now(): string {
    return new Date(Date.now() + this.ahead).toISOString();
  }

  set now(now: string) {
    this.ahead = Date.parse(now) - Date.now();
  }
}
