import { type Origins, unknownStudy } from '../allow-origins.ts';
import type { ReceiverContext } from '../app.ts';
import { Refusal } from '../refusal.ts';
import type { PublicRoute } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import { embedRoutes } from './embed-files.ts';
import { framePage } from './frame-page.ts';
import { languageFor } from './language.ts';
import { participantPage } from './participant-page.ts';

/** The endpoint's own pages, and the files they are made of. */

export interface PageParts {
  readonly studies: ReadonlyMap<string, KnownStudy>;
  readonly origins: Origins;
  /** The built kit: `dist/embed`. */
  readonly embedDir: string;
}

export function pageRoutes({ studies, origins, embedDir }: PageParts): readonly PublicRoute[] {
  const studyOf = (context: ReceiverContext) => {
    const known = studies.get(context.req.param('study') ?? '');
    if (known === undefined) throw unknownStudy();
    const { study } = known.current;
    const { languages } = study;
    const language = languageFor(context.req.query('lang'), context.req.header('accept-language'), languages);
    return { study, language };
  };
  const answers = { 200: { description: 'The page', mediaType: 'text/html' } } as const;
  return [
    {
      method: 'GET',
      path: '/p/{study}',
      access: 'public',
      operation: {
        operationId: 'getParticipantPage',
        summary: 'The hosted page: what a participant has to do',
        description:
          'The same for everyone: who it is, the page finds out by itself. `?lang=` names a language of the study.',
        answers,
        problems: ['unknown-study'],
      },
      handle(context) {
        const { study, language } = studyOf(context);
        return participantPage(study, language);
      },
    },
    {
      method: 'GET',
      path: '/studies/{study}/frame/{element}',
      access: 'public',
      operation: {
        operationId: 'getFrame',
        summary: 'An element in a frame, for pages that must not read what is typed',
        description: 'Shown only on pages of the study’s allowed origins.',
        answers,
        problems: ['unknown-study', 'not-found'],
      },
      handle(context) {
        const { study, language } = studyOf(context);
        const page = framePage(study, context.req.param('element') ?? '', language, origins.get(study.id) ?? []);
        if (page === undefined) throw new Refusal('not-found', 'This study has no such element.');
        return page;
      },
    },
    ...embedRoutes(embedDir),
  ];
}
