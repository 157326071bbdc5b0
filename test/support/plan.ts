import { readFile } from 'node:fs/promises';
import { run } from '../../src/cli/plan.ts';
import type { AssessmentStatus } from '../../src/schedule/assessments.ts';
import type { InterventionPlan } from '../../src/schedule/participant-plan.ts';
import type { SessionStatus } from '../../src/schedule/session-status.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import type { Study } from '../../src/study/schema.ts';
import { runCommand } from './command-io.ts';

/** The two trials of the demo through `steady plan`: from an event per line to the plan as it is printed. */

export type TrialName = 'keck' | 'mgh';

export const studyPath = (name: TrialName): string =>
  new URL(`../../demo/studies/${name}.study.json`, import.meta.url).pathname;

export async function readTrial(name: TrialName): Promise<Study> {
  return parseStudy(await readFile(studyPath(name), 'utf8'), `${name}.study.json`);
}

/** An event as it is typed. */
export type Typed = Readonly<Record<string, unknown>>;

/** What `steady plan` prints. */
export interface Printed extends Omit<InterventionPlan, 'setAside' | 'state'> {
  readonly study: string;
  readonly today: string;
  readonly zone: string;
  readonly intervention: 'open' | 'left';
  readonly assessments: readonly AssessmentStatus[];
}

/** A Monday: weeks of the trial are weeks of the calendar. */
export const START = '2026-01-05';

export interface Asked {
  readonly study?: TrialName;
  readonly arm: string;
  readonly events?: readonly Typed[];
  readonly today: string;
  readonly consent?: string;
}

/** Runs the command on a trial's own file. What it cannot plan fails the test with its words. */
export async function planned({ study = 'keck', arm, events = [], today, consent }: Asked): Promise<Printed> {
  const { code, stdout, stderr } = await runCommand(
    run,
    [
      ...[studyPath(study), '--arm', arm, '--start', START, '--events', '-', '--today', today],
      ...(consent === undefined ? [] : ['--consent', consent]),
    ],
    JSON.stringify(events),
  );
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A session of a plan, by id. */
export function sessionOf({ sessions }: Pick<Printed, 'sessions'>, id: string): SessionStatus {
  const session = sessions.find((one) => one.id === id);
  if (session === undefined) throw new Error(`There is no session ${id}.`);
  return session;
}

/** The day that lies so many days after the start. */
export function dayOf(days: number): string {
  return new Date(Date.parse(`${START}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Noon on the day that a session's window begins, for a series every two weeks. */
export const inWindow = (session: number): string => `${dayOf((session - 1) * 14)}T12:00`;
