#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SteadyError } from '../study/steady-error.ts';
import { nearest } from '../study/wording.ts';
import { type Command, type Io, UsageError } from './io.ts';

/** The `steady` command: picks the subcommand, prints what went wrong, sets the exit code. */

const USAGE = `Usage: steady COMMAND ...

  steady check FILE...             checks study files
  steady screen STUDY ANSWERS      judges answers (a JSON file, or - for standard input)
  steady score INSTRUMENT ANSWERS  scores answers to an instrument, by its published rule
  steady plan STUDY --arm ID --start DATE
                                   plans a participant's sessions and assessments
  steady serve --study FILE... --data DATABASE
                                   serves studies and receives what participants send
  steady invite STUDY --count N | --csv FILE | --again PARTICIPANT
                                   makes invitations to a study
  steady staff add|list|revoke STUDY
                                   gives tokens to a study's staff, and ends them
  steady due STUDY --data DATABASE who can hand in which assessment, and has not
  steady funnel STUDY --data DATABASE
                                   how many were screened, enrolled, allocated, followed up
  steady export STUDY --format csv|jsonl --out DIR --data DATABASE
                                   writes all of a study to files, coded
  steady rescore STUDY --data DATABASE
                                   scores questionnaires again, and adds what is new
  steady sessions STUDY --file FILE | --groups FILE
                                   puts up sessions' times, recordings and slots, and says who is in which group
  steady attendance STUDY --file FILE
                                   says who was at which session
  steady keys show|rotate --data DATABASE
                                   shows and replaces what consent records are signed with
  steady allocate STUDY --sites FILE | --phase N
                                   draws the phases of sites, and the arms of a phase when it starts
  steady allocation verify|correct|move STUDY
                                   draws again what was drawn, and puts right what was wrong
  steady verify RECORD --key KEY   says whether a consent record is what was signed
  steady verify --audit STUDY --data DATABASE
                                   says whether the audit is what was written
  steady checkpoint STUDY --out DIR --data DATABASE
                                   writes down, signed, where the audit's chains end

steady COMMAND --help tells more about a command.
`;

/** Loaded when asked for: checking a file needs no database. */
const COMMANDS = new Map<string, () => Promise<{ run: Command }>>([
  ['check', () => import('./check.ts')],
  ['screen', () => import('./screen.ts')],
  ['score', () => import('./score.ts')],
  ['plan', () => import('./plan.ts')],
  ['serve', () => import('./serve.ts')],
  ['invite', () => import('./invite.ts')],
  ['staff', () => import('./staff.ts')],
  ['due', () => import('./due.ts')],
  ['funnel', () => import('./funnel.ts')],
  ['export', () => import('./export.ts')],
  ['rescore', () => import('./rescore.ts')],
  ['sessions', () => import('./sessions.ts')],
  ['attendance', () => import('./attendance.ts')],
  ['keys', () => import('./keys.ts')],
  ['allocate', () => import('./allocate.ts')],
  ['allocation', () => import('./allocation.ts')],
  ['checkpoint', () => import('./checkpoint.ts')],
  ['verify', () => import('./verify.ts')],
]);

/** @returns the exit code */
export async function run([name, ...args]: string[], io: Io): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(USAGE);
    return 0;
  }
  const load = COMMANDS.get(name ?? '');
  if (load === undefined) {
    io.stderr.write(name === undefined ? `steady: which command?\n\n${USAGE}` : `${unknownCommand(name)}\n`);
    return 2;
  }
  try {
    const command = await load();
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr.write(`steady ${name}: ${error.message}\nSee steady ${name} --help.\n`);
      return 2;
    }
    if (!(error instanceof SteadyError)) throw error;
    io.stderr.write(`steady ${name}: ${error.message}\n`);
    return 1;
  }
}

function unknownCommand(name: string): string {
  const meant = nearest(name, [...COMMANDS.keys()]);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `steady: there is no command "${name}".${hint} steady --help lists them all.`;
}

/** `import.meta.main`, on every Node: run as a program, through npm's link to it included, and not imported. */
function isProgram(): boolean {
  const [, program] = process.argv;
  return program !== undefined && realpathSync(program) === fileURLToPath(import.meta.url);
}

if (isProgram()) process.exitCode = await run(process.argv.slice(2), process);
