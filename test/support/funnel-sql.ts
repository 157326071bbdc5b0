/**
 * A trial counted straight from the tables, by SQL that SQLite and PostgreSQL both understand, and by nothing of the receiver:
 * what the funnel has to say of it.
 */
import type { Funnel } from '../../src/receiver/funnel/count-funnel.ts';
import type { LinkCounts } from '../../src/receiver/store/links-store.ts';
import type { SqlRow } from './sql-bench.ts';

type Sql = (statement: string) => Promise<SqlRow[]>;

/** What of the study file the tables do not say. */
export interface Counted {
  readonly study: string;
  readonly unit: 'participant' | 'site';
  readonly arms: readonly string[];
  readonly criteria: readonly string[];
  readonly assessments: readonly string[];
  /** Those whose windows are over for everybody in the trial. */
  readonly over: readonly string[];
}

type Counts = Omit<Funnel, 'study' | 'mode' | 'at' | 'trial' | 'arms'> & Required<Pick<Funnel, 'trial' | 'arms'>>;

/** Everybody's arm: as it was drawn for them, or corrected last. */
const ARM_OF_PARTICIPANT = `select a.participant, coalesce((select c.arm from allocation_corrections c
    where c.study = a.study and c.mode = a.mode and c.unit = 'participant' and c.subject = a.participant
    order by c.seq desc limit 1), a.arm) as arm
  from allocations a where a.study = $study and a.mode = 'test'`;

/** That of the site where they were at the baseline, whichever they moved to. */
const ARM_OF_SITE = `select s.participant, coalesce((select c.arm from allocation_corrections c
    where c.study = a.study and c.mode = a.mode and c.unit = 'site' and c.subject = a.site
    order by c.seq desc limit 1), a.arm) as arm
  from participant_sites s join site_arms a on a.study = s.study and a.mode = s.mode and a.site = s.site
  where s.study = $study and s.mode = 'test' and s.kind = 'baseline'`;

/** Where people stand: by the last of their decisions that decides. Nobody here declines after leaving. */
const tables = (arms: string): string => `with arm as (${arms}),
  decisive as (select participant, seq, outcome from consent_decisions where study = $study and mode = 'test'
    and (outcome in ('signed', 'declined') or (outcome = 'withdrawn' and scope = 'study'))),
  stands as (select d.participant, d.outcome from decisive d
    where not exists (select 1 from decisive l where l.participant = d.participant and l.seq > d.seq)),
  gone as (select participant from stands where outcome <> 'signed'),
  stopped as (select distinct participant from consent_decisions where study = $study and scope = 'intervention'),
  given as (select q.participant, q.assessment, b.body from questionnaires q
    join submissions b on b.study = q.study and b.id = q.submission
    where q.study = $study and q.mode = 'test' and q.counted is not null),
  screened as (select s.*, p.id as counts_for from screenings s
    left join participants p on p.study = s.study and p.screening_id_hash = s.id_hash
    where s.study = $study and s.mode = 'test' and s.deviations not like '%"mode"%'),
  people as (select p.*, s.verdict from participants p
    left join screenings s on s.study = p.study and s.id_hash = p.screening_id_hash
    where p.study = $study and p.mode = 'test')`;

/** One after the other: a connection does one thing at a time. */
async function inTurn<One, Result>(all: readonly One[], work: (one: One) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}

export async function funnelBySql(sql: Sql, counted: Counted): Promise<Counts> {
  const { study, unit, arms, criteria, assessments, over } = counted;
  const head = tables(unit === 'participant' ? ARM_OF_PARTICIPANT : ARM_OF_SITE);
  const count = async (from: string): Promise<number> => {
    const [row] = await sql(`${head} select count(*) as n from ${from}`.replaceAll('$study', `'${study}'`));
    return Number(row?.n);
  };
  const outside = (outcome: string) =>
    count(`stands where outcome = '${outcome}'
    and participant not in (select participant from arm)`);
  const undecided = `people where id not in (select participant from stands) and id not in (select participant from arm)`;
  const nobodys = (verdict: string) =>
    count(`screened where verdict = '${verdict}' and counts_for is null
    and participant is null`);

  const followed = async (who: string) => {
    const handedIn = (what: string) => `participant in (select participant from given where assessment = '${what}')`;
    const isGone = 'participant in (select participant from gone)';
    const there = `participant in (select participant from given where body <> '')`;
    const last = over.at(-1);
    return {
      people: await count(`arm where ${who}`),
      stopped: await count(`arm where ${who} and participant in (select participant from stopped) and not (${isGone})`),
      left: await count(`arm where ${who} and ${isGone}`),
      lost: last === undefined ? 0 : await count(`arm where ${who} and not (${isGone}) and not (${handedIn(last)})`),
      analysable: await count(`arm where ${who} and ${there}`),
      erased: await count(`arm where ${who} and participant in (select participant from given) and not (${there})`),
      assessments: await inTurn(assessments, async (assessment) => {
        const others = `arm where ${who} and not (${handedIn(assessment)})`;
        const waiting = await count(`${others} and not (${isGone})`);
        return {
          assessment,
          done: await count(`arm where ${who} and ${handedIn(assessment)}`),
          missed: over.includes(assessment) ? waiting : 0,
          left: await count(`${others} and ${isGone}`),
          open: over.includes(assessment) ? 0 : waiting,
        };
      }),
    };
  };

  const opened = await sql(`select sum(opened) as n from link_openings where study = '${study}'`);
  const failed = await inTurn(criteria.toSorted(), async (criterion) => ({
    criterion,
    count: await count(
      `screened where failed like '%"${criterion}"%' and (participant is null or counts_for is not null)`,
    ),
  }));
  return {
    opened: Number(opened[0]?.n ?? 0),
    screened: {
      completed: await count('screened'),
      participants: await count('screened where counts_for is not null'),
      repeated: await count('screened where counts_for is null and participant is not null'),
      ineligible: await nobodys('ineligible'),
      incomplete: await nobodys('incomplete'),
      eligible: await nobodys('eligible'),
    },
    failed: failed.filter((one) => one.count > 0),
    enrolled: {
      participants: await count('people'),
      unscreened: await count('people where screening_id_hash is null'),
      ineligible: await count(`${undecided} and verdict <> 'eligible'`),
      undecided: await count(`${undecided} and (verdict is null or verdict = 'eligible')`),
      declined: await outside('declined'),
      withdrew: await outside('withdrawn'),
      waiting: await outside('signed'),
    },
    trial: await followed('1 = 1'),
    arms: await inTurn(arms, async (arm) => ({ arm, ...(await followed(`arm = '${arm}'`)) })),
  };
}

/** What came of a link. */
export async function linkBySql(sql: Sql, study: string, code: string): Promise<LinkCounts> {
  const of = (table: string) =>
    `${table} where study = '${study}' and link = '${code}' and deviations not like '%"mode"%'`;
  const count = async (statement: string) => Number((await sql(statement))[0]?.n ?? 0);
  return {
    code,
    opened: await count(`select sum(opened) as n from link_openings where study = '${study}' and code = '${code}'`),
    completed: await count(`select count(*) as n from ${of('screenings')}`),
    eligible: await count(`select count(*) as n from ${of('screenings')} and verdict = 'eligible'`),
    consented: await count(`select count(*) as n from participants where study = '${study}'
      and screening_id_hash in (select id_hash from ${of('screenings')})
      and id in (select participant from consent_decisions where study = '${study}' and outcome = 'signed')`),
  };
}
