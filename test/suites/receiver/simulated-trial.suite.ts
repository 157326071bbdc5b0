import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyAllocation } from '../../../src/receiver/allocation/verify-allocation.ts';
import { verifyAudit } from '../../../src/receiver/checkpoints/verify-audit.ts';
import type { Funnel } from '../../../src/receiver/funnel/count-funnel.ts';
import { SMALLEST_TOLD } from '../../../src/receiver/links/link-counts.ts';
import { readDemoStudy } from '../../support/consent-office.ts';
import { funnelBySql, linkBySql } from '../../support/funnel-sql.ts';
import { type Moment, type SimulatedTrial, simulateTrial } from '../../support/simulated-trial.ts';
import type { SqlBench } from '../../support/sql-bench.ts';
import type { Trial } from '../../support/trial-answers.ts';

/** Whole trials of the demo, through the receiver's own routes, counted by it and, apart from it, straight from the tables. */

interface DemoStudy {
  readonly arms: readonly { readonly id: string; readonly title: { readonly en: string } }[];
  readonly assessments: readonly { readonly id: string; readonly title: { readonly en: string } }[];
  readonly screening: { readonly criteria: readonly { readonly id: string }[] };
  readonly allocation: { readonly unit: 'participant' | 'site' };
}

const idsOf = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);

export function simulatedTrialSuite(
  name: string,
  createBench: () => Promise<SqlBench>,
  { trial, people }: { readonly trial: Trial; readonly people: number },
): void {
  describe(`${trial} simulated with ${people} people on ${name}`, () => {
    it('is counted as the tables have it, begun, in the middle and over, and all of it verifies', async () => {
      const bench = await createBench();
      const study: DemoStudy = JSON.parse(JSON.stringify(readDemoStudy(trial)));
      const office = await simulateTrial(trial, { store: await bench.open(), people }, (here, moment) =>
        isCountedRight(bench, here, { study, moment }),
      );
      await hasRecruiters(bench, office);
      assert.deepEqual((await verifyAudit({ ...office, trusted: [] }, office.study)).findings, []);
      assert.deepEqual((await verifyAllocation(office, office.study)).findings, []);
      await office.receiver.close();
      await bench.remove();
    });
  });
}

async function isCountedRight(
  bench: SqlBench,
  office: SimulatedTrial,
  { study, moment }: { readonly study: DemoStudy; readonly moment: Moment },
): Promise<void> {
  const get = async (token: string, path: string) => {
    const answer = await office.staff(token, 'GET', path);
    assert.equal(answer.status, 200, answer.body);
    return answer.body;
  };
  const { study: id, mode, at, ...told }: Funnel = JSON.parse(await get(office.coordinator, 'staff/funnel'));
  const counted = await funnelBySql(bench.sql, {
    ...{ study: office.study, unit: study.allocation.unit, over: moment.over, arms: idsOf(study.arms) },
    ...{ criteria: idsOf(study.screening.criteria), assessments: idsOf(study.assessments) },
  });
  assert.deepEqual([id, mode, at], [office.study, 'test', office.clock.now]);
  assert.deepEqual(told, counted, moment.name);
  hasEverything(counted, moment);
  isDrawn(await get(office.coordinator, 'staff/consort'), study, counted);

  const statistician = await office.hire('statistician');
  const blinded = await get(statistician, 'staff/funnel');
  for (const words of ['arm', ...idsOf(study.arms)]) assert.ok(!blinded.includes(words), `${words} is told`);
  const { trial }: Funnel = JSON.parse(blinded);
  const [signed] = await bench.sql(
    `select count(distinct participant) as n from consent_decisions where outcome = 'signed'`,
  );
  assert.equal(trial.people, Number(signed?.n), 'who has signed, allocated or not');
  assert.equal((await office.staff(statistician, 'GET', 'staff/consort')).problem(), 'role-not-allowed');
}

type Counted = Awaited<ReturnType<typeof funnelBySql>>;

/** A number that is nothing would be right by chance. */
function hasEverything({ screened, failed, enrolled, trial, arms }: Counted, { name }: Moment): void {
  const { ineligible, unscreened, ...others } = enrolled;
  assert.ok(Object.values({ ...screened, ...others }).every((count) => count > 0));
  assert.ok(failed.length > 1);
  if (name === 'begun') return;
  const { people, stopped, left, lost, analysable, erased } = trial;
  assert.ok([people, stopped, left, lost, analysable, erased].every((count) => count > 0));
  // Of few, chance may leave an arm without anybody.
  if (people > 200) assert.ok(arms.every((arm) => arm.people > 0));
}

const numbersIn = (box: string): number[] =>
  [...box.matchAll(/(?:n\s=\s|missed\s)(\d+)/g)].map(([, count]) => Number(count));

/** The diagram's boxes, by what stands in them. */
function isDrawn(
  svg: string,
  { arms, assessments }: DemoStudy,
  { screened, enrolled, trial, arms: counted }: Counted,
): void {
  const boxes = [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, spans = '']) =>
    spans
      .replaceAll(/<\/tspan><tspan[^>]*>/g, ' ')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/[ ]+/g, ' '),
  );
  const [assessed = '', excluded = '', entered = '', ...columns] = boxes;
  const { unscreened, ineligible, undecided, declined, withdrew, waiting } = enrolled;
  assert.deepEqual(numbersIn(assessed), [
    screened.completed - screened.repeated,
    ...(unscreened > 0 ? [unscreened] : []),
  ]);
  const reasons = [
    screened.ineligible + ineligible,
    screened.incomplete,
    screened.eligible,
    undecided,
    declined,
    withdrew,
    waiting,
  ];
  assert.deepEqual(numbersIn(excluded), [reasons.reduce((sum, one) => sum + one, 0), ...reasons]);
  assert.deepEqual(numbersIn(entered), [trial.people]);
  assert.equal(columns.length, 4 * arms.length);
  for (const [
    index,
    { arm, people, stopped, left, lost, analysable, erased, assessments: each },
  ] of counted.entries()) {
    const [first = '', second = '', third = '', fourth = ''] = columns.slice(4 * index);
    assert.ok(first.includes(arms.find(({ id }) => id === arm)?.title.en ?? '?'), first);
    assert.deepEqual(numbersIn(first), [people]);
    assert.deepEqual(numbersIn(second), [stopped, left, lost]);
    assert.deepEqual(
      numbersIn(third),
      each.flatMap(({ done, missed }) => [done, missed]),
    );
    for (const { title } of assessments) assert.ok(third.includes(title.en), third);
    assert.deepEqual(numbersIn(fourth), [analysable, erased, people - analysable - erased]);
  }
}

/** What recruiters are told of their links, and what coordinators. */
async function hasRecruiters(bench: SqlBench, office: SimulatedTrial): Promise<void> {
  const linksOf = async (token: string): Promise<readonly { code: string; counts: Record<string, unknown> }[]> =>
    JSON.parse((await office.staff(token, 'GET', 'links')).body).links;
  const [exact, told] = [await linksOf(office.coordinator), await linksOf(office.recruiter)];
  assert.equal(told.length, 2);
  for (const { code, counts } of exact) {
    const { code: _, ...counted } = await linkBySql(bench.sql, office.study, code);
    assert.deepEqual(counts, counted);
    const { opened, completed, eligible, consented } = counted;
    const few = (count: number) => (count < SMALLEST_TOLD ? `<${SMALLEST_TOLD}` : count);
    assert.deepEqual(told.find((one) => one.code === code)?.counts, {
      ...{ opened, completed, eligible: few(eligible), consented: few(consented) },
    });
  }
}
