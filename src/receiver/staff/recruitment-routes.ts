import type { Study } from '../../study/schema.ts';
import { recordEvent, STUDY_CHAIN } from '../audit.ts';
import { recruitmentStates, WHOLE_STUDY } from '../links/recruitment.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { StaffRoute } from '../route.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import type { Json } from './blinding.ts';
import type { StaffRouteParts } from './routes.ts';
import { recruitmentChangeSchema } from './schemas.ts';
import { servedStudy } from './their-study.ts';

/** Recruitment paused and reopened, for the study or for one site, at once and wherever people come from. */

const BODY_BYTES = 1024;
const PATH = '/studies/{study}/recruitment';

export function recruitmentStaffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [recruitmentRoute(parts), changeRoute(parts)];
}

function recruitmentRoute(parts: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: PATH,
    access: { staff: ['recruiter', 'facilitator', 'coordinator'] },
    operation: {
      operationId: 'getRecruitment',
      summary: 'Whether recruitment is open, for the study and at each site',
      answers: { 200: { description: 'How it stands', schema: 'Recruitment' } },
      problems: [],
    },
    handle: (_context, caller) =>
      parts.store.transaction(async (tx) => ({ body: await standing(tx, servedStudy(parts, caller), caller) })),
  };
}

function changeRoute(parts: StaffRouteParts): StaffRoute {
  const { store, keys, mode, now } = parts;
  return {
    method: 'POST',
    path: PATH,
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'postRecruitment',
      summary: 'Pause recruitment, or reopen it',
      description:
        'From the next request on: the screener, its links and whoever would be enrolled by a contact. People who take part or were invited are not concerned. What the study file has closed stays closed.',
      body: 'RecruitmentChange',
      answers: { 200: { description: 'How it stands now', schema: 'Recruitment' } },
      problems: REQUEST_PROBLEMS,
    },
    async handle(context, caller) {
      const { state, site } = (await readRequest(context, recruitmentChangeSchema, BODY_BYTES)).json;
      const study = servedStudy(parts, caller);
      assertTheirs(study, caller, site);
      const place = site ?? WHOLE_STUDY;
      const at = now().toISOString();
      return store.transaction(async (tx) => {
        const before = (await tx.recruitment(study.id)).find((row) => row.site === place)?.state ?? 'open';
        if (before !== state) {
          await tx.setRecruitment({ study: study.id, site: place, state, changedBy: caller.id, changedAt: at });
          const event = state === 'open' ? 'recruitment-reopened' : 'recruitment-paused';
          const subjects = [caller.id, ...(site === undefined ? [] : [site])];
          await recordEvent(tx, keys.current, { study: study.id, chain: STUDY_CHAIN, event, subjects, at, mode });
        }
        return { body: await standing(tx, study, caller) };
      });
    },
  };
}

/** Who is limited to sites pauses those. @throws Refusal `not-a-request` */
function assertTheirs({ sites = [] }: Study, { sites: theirs }: StaffRow, site: string | undefined): void {
  if (site === undefined && theirs === null) return;
  const known = sites.some(({ id }) => id === site);
  if (site !== undefined && known && theirs?.includes(site) !== false) return;
  const faults = [{ path: 'site', code: site === undefined ? 'missing' : 'no-such' }];
  throw new Refusal('not-a-request', 'Name one of the study’s sites that is yours.', { faults });
}

async function standing(tx: StoreTransaction, study: Study, { sites: theirs }: StaffRow): Promise<Json> {
  const stateOf = await recruitmentStates(tx, study);
  const sites = (study.sites ?? []).filter(({ id }) => theirs?.includes(id) !== false);
  return { recruitment: stateOf(null), sites: sites.map(({ id }) => ({ site: id, recruitment: stateOf(id) })) };
}
