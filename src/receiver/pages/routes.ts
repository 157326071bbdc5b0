import { type Origins, unknownStudy } from '../allow-origins.ts';
import type { ReceiverContext } from '../app.ts';
import type { Desk } from '../desk.ts';
import { linkAnywhere, linkState } from '../links/links.ts';
import { Refusal } from '../refusal.ts';
import type { PublicRoute } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import { embedRoutes } from './embed-files.ts';
import { framePage } from './frame-page.ts';
import { languageFor } from './language.ts';
import { closedLinkPage, openLinkPage } from './link-page.ts';
import { participantPage } from './participant-page.ts';
import { PAGE_LANGUAGES } from './words.ts';

/** The endpoint's own pages, and the files they are made of. */

export interface PageRouteParts {
  readonly desk: Pick<Desk, 'store' | 'mode' | 'now'>;
  readonly studies: ReadonlyMap<string, KnownStudy>;
  readonly origins: Origins;
  /** The built kit: `dist/embed`. */
  readonly embedDir: string;
}

export function pageRoutes({ desk, studies, origins, embedDir }: PageRouteParts): readonly PublicRoute[] {
  const languageOf = (context: ReceiverContext, languages: readonly string[], usual?: string) =>
    languageFor(context.req.query('lang') ?? usual, context.req.header('accept-language'), languages);
  const studyOf = (context: ReceiverContext) => {
    const known = studies.get(context.req.param('study') ?? '');
    if (known === undefined) throw unknownStudy();
    const { study } = known.current;
    return { study, language: languageOf(context, study.languages) };
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
    {
      method: 'GET',
      path: '/j/{code}',
      access: 'public',
      operation: {
        operationId: 'getLinkPage',
        summary: 'The screener, for whoever comes by a recruiter’s link',
        description:
          'In the link’s language, or as `?lang=` says. What a messenger shows of it names neither study nor topic. Where the code is wrong, or recruitment closed or paused, the page says so, in every language it has. Nothing is counted yet.',
        answers: {
          ...answers,
          404: { description: 'A page: there is no such link', mediaType: 'text/html' },
          410: { description: 'A page: the link has ended', mediaType: 'text/html' },
        },
        problems: ['store-busy'],
      },
      async handle(context) {
        const typed = context.req.param('code') ?? '';
        const { store, mode, now } = desk;
        const found = await store.transaction(async (tx) => {
          const place = await linkAnywhere(tx, studies, typed, mode);
          return place && { ...place, state: await linkState(tx, place.known, place.link, now()) };
        });
        if (found === undefined) return closedLinkPage('unknown', languageOf(context, PAGE_LANGUAGES));
        const { link, known, state } = found;
        const language = languageOf(context, known.current.study.languages, link.language);
        return state === 'open' ? openLinkPage(known, link, language) : closedLinkPage(state, language, known);
      },
    },
    ...embedRoutes(embedDir),
  ];
}
