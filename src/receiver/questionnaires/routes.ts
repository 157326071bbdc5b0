import type { Assessment } from '../../study/assessments-part.ts';
import { unknownStudy } from '../allow-origins.ts';
import type { Desk } from '../desk.ts';
import { notSignedIn } from '../gate.ts';
import { Refusal } from '../refusal.ts';
import type { OptionalRoute, ParticipantRoute, Route } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import { myScores } from './my-scores.ts';

/** What there is of questionnaires beside submissions: words that a site has brought, and a participant's own scores. */

export interface QuestionnaireRouteParts {
  readonly desk: Pick<Desk, 'store'>;
  readonly studies: ReadonlyMap<string, KnownStudy>;
}

export function questionnaireRoutes(parts: QuestionnaireRouteParts): readonly Route[] {
  return [instrumentRoute(parts), scoresRoute(parts)];
}

function instrumentRoute({ studies }: QuestionnaireRouteParts): OptionalRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/instruments/{instrument}',
    access: 'public-or-participant',
    operation: {
      operationId: 'getInstrument',
      summary: 'An instrument with the words that the site has brought',
      description:
        'Whole, as an instrument file; `siteText` says by whose permission. By a participant’s token or write key, or by anybody where an open assessment asks it. Instruments whose words come with the kit are not here.',
      answers: { 200: { description: 'The instrument', schema: 'Instrument' } },
      problems: ['unknown-study', 'unknown-instrument', 'not-signed-in'],
    },
    handle(context, caller) {
      const known = studies.get(context.req.param('study') ?? '');
      if (known === undefined) throw unknownStudy();
      const id = context.req.param('instrument') ?? '';
      const asked = assessmentsWith(known, id);
      const mayHave = caller !== undefined || asked.some(({ access }) => access === 'open');
      if (asked.length > 0 && !mayHave) throw notSignedIn();
      const instrument = asked.length > 0 ? known.shelf.brought(id) : undefined;
      if (instrument === undefined) {
        throw new Refusal(
          'unknown-instrument',
          'Take it from the kit, or ask the study team: nobody has brought it here.',
        );
      }
      // They are the author's, lent to the site: no cache keeps them either.
      return Response.json(instrument, { headers: { 'Cache-Control': 'no-store' } });
    },
  };
}

/** The assessments that ask it, of the study as it stands: they are public. */
function assessmentsWith({ current }: KnownStudy, instrument: string): readonly Assessment[] {
  const { assessments = [] } = current.study;
  return assessments.filter(({ instruments = [] }) => instruments.some(({ id }) => id === instrument));
}

function scoresRoute({ desk, studies }: QuestionnaireRouteParts): ParticipantRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/me/scores',
    access: { participant: 'token' },
    operation: {
      operationId: 'getMyScores',
      summary: 'My own scores over time, as far as the study lets me see them',
      answers: { 200: { description: 'The oldest first', schema: 'MyScores' } },
      problems: [],
    },
    async handle(_context, { study, participant }) {
      const known = studies.get(study);
      if (known === undefined) throw unknownStudy();
      return Response.json(await desk.store.transaction((tx) => myScores(tx, known, participant)));
    },
  };
}
