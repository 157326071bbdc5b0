import type { TrackerStudy } from '../../src/study/tracker-part.ts';
import type { AnswerDraft, Draft } from '../../src/submission/draft.ts';
import type { Me, MySession } from '../../src/submission/participation.ts';
import type { Plan } from './course.ts';
import { Homework } from './homework.ts';
import type { Stage } from './stage.ts';

export interface VisitEdges {
  /** To be drawn again; `entered`: and to be kept. */
  readonly changed: (what: 'shown' | 'entered') => void;
  /** The focus goes to what is wrong, or to the heading. */
  readonly focus: () => void;
  readonly now?: () => Date;
}

/**
 * One person's visit to their tracker, without a screen: what their plan is by the endpoint or by the page, which screen is
 * open, and what they have written. Owns nothing that is kept or sent.
 */
export class TrackerVisit {
  readonly homework = new Homework();
  readonly #edges: VisitEdges;
  #study: TrackerStudy | undefined;
  #startedAt = new Date(0);
  #known: Me | undefined;
  #given: Plan | undefined;
  #stage: Stage = { at: 'overview' };
  /** By session (or '' for the whole): the submission that was last handed in about it. */
  readonly #sent = new Map<string, string>();

  constructor(edges: VisitEdges) {
    this.#edges = edges;
  }

  get study(): TrackerStudy | undefined {
    return this.#study;
  }

  get startedAt(): Date {
    return this.#startedAt;
  }

  get known(): Me | undefined {
    return this.#known;
  }

  /** What is shown; undefined while nobody has said anything. */
  get plan(): Plan | undefined {
    if (this.#given !== undefined) return this.#given;
    const known = this.#known;
    return known && { sessions: known.sessions, assessments: known.assessments };
  }

  /** By the page: there is nobody to hand anything in to. */
  get isGiven(): boolean {
    return this.#given !== undefined;
  }

  /** The open screen: the overview where what it was about is there no more. */
  get stage(): Stage {
    const { plan } = this;
    const stage = this.#stage;
    const sessions = plan?.sessions?.plan ?? [];
    const isGone =
      ('session' in stage && stage.session !== undefined && !sessions.some(({ id }) => id === stage.session)) ||
      (stage.at === 'series' && !sessions.some(({ series }) => series === stage.series)) ||
      (stage.at === 'leaving' && plan?.sessions?.state === 'left') ||
      (stage.at !== 'overview' && plan === undefined);
    return isGone ? { at: 'overview' } : stage;
  }

  /** Whether anything is shown that somebody was told, or has entered. */
  get touched(): boolean {
    return this.#known !== undefined || this.#stage.at !== 'overview';
  }

  session(id: string | undefined): MySession | undefined {
    return this.plan?.sessions?.plan.find((one) => one.id === id);
  }

  /** Begins, with what the endpoint has said and what a draft has kept. */
  open(study: TrackerStudy, known: Me | undefined, draft?: AnswerDraft): void {
    this.clear();
    this.#study = study;
    this.#startedAt = this.#now();
    this.#known = known;
    if (draft !== undefined) this.homework.takeUp(draft, this.plan?.sessions?.plan ?? []);
    this.#edges.changed('shown');
  }

  /** The endpoint has said where this participant stands. */
  meet(known: Me | undefined): void {
    if (known === undefined || known === this.#known) return;
    const before = this.stage.at;
    this.#known = known;
    this.homework.meet(known.sessions?.plan ?? []);
    this.#edges.changed('entered');
    if (this.stage.at !== before) this.#edges.focus();
  }

  /** By the page, in the endpoint's place; undefined takes it back. */
  give(plan: Plan | undefined): void {
    this.#given = plan;
    this.#edges.changed('shown');
  }

  clear(): void {
    this.#study = undefined;
    this.#known = undefined;
    this.#stage = { at: 'overview' };
    this.#sent.clear();
    this.homework.clear();
  }

  merge(draft: Draft): void {
    if (draft.step !== 'session') return;
    this.homework.takeUp(draft, this.plan?.sessions?.plan ?? []);
    this.#edges.changed('shown');
  }

  draft(): AnswerDraft | 'nothing' | 'unknown' {
    const study = this.#study;
    if (study === undefined) return 'unknown';
    const answers = this.homework.draft();
    if (typeof answers === 'string') return answers;
    const { id, version } = study;
    return { study: id, studyVersion: version, startedAt: this.#startedAt.toISOString(), step: 'session', answers };
  }

  /** Another screen, or the same one with something else chosen, which leaves the focus where it is. */
  show(stage: Stage): void {
    const before = this.#stage;
    this.#stage = stage;
    this.#edges.changed('shown');
    const isMissing = triesOf(stage) !== triesOf(before) && triesOf(stage) !== undefined;
    if (stage.at !== before.at || isMissing || topicOf(stage) !== topicOf(before)) this.#edges.focus();
  }

  write(session: MySession, task: string, text: string): void {
    this.homework.type(session, task, text);
    this.#edges.changed('entered');
  }

  /** Something about a session, or about all of them, is on its way. */
  handedIn(session: string | undefined, submission: string): void {
    this.#sent.set(session ?? '', submission);
    this.#edges.changed('shown');
  }

  /** What was handed in last about a session; without one, about all of them. */
  sentFor(session?: string): string | undefined {
    return this.#sent.get(session ?? '');
  }

  #now(): Date {
    return this.#edges.now?.() ?? new Date();
  }
}

const triesOf = (stage: Stage): number | undefined => ('tried' in stage ? stage.tried : undefined);

/** A list of sessions and one of them are two screens; what is chosen on a screen is not. */
function topicOf(stage: Stage): string | undefined {
  return stage.at === 'session' ? stage.session : stage.at === 'series' ? stage.series : undefined;
}
