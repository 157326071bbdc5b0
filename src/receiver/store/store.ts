import { SteadyError } from '../../study/steady-error.ts';
import type { Mode } from '../mode.ts';
import type { AllocationTransaction } from './allocation-store.ts';
import type { ConsentTransaction } from './consent-store.ts';
import type { DraftsTransaction } from './drafts-store.ts';
import type { ErasuresTransaction } from './erasures-store.ts';
import type { ExportTransaction } from './export-store.ts';
import type { FlagsTransaction } from './flags-store.ts';
import type { FunnelTransaction } from './funnel-store.ts';
import type { LinksTransaction } from './links-store.ts';
import type { ParticipantsTransaction } from './participants-store.ts';
import type { QuestionnairesTransaction } from './questionnaires-store.ts';
import type { ScoresTransaction } from './scores-store.ts';
import type { SessionsTransaction } from './sessions-store.ts';
import type { SitesTransaction } from './sites-store.ts';
import type { StaffTransaction } from './staff-store.ts';
import type { WebhookTransaction } from './webhook-store.ts';

/**
 * The port to the database. Engines stand behind it (`sqlite.ts`, `postgres.ts`), and test/suites/store.suite.ts says what
 * each must do. Everything here is plain data; what it means is the caller's.
 *
 * Times are UTC text (ISO 8601); where the receiver keeps no more than the day, `YYYY-MM-DD` or its midnight.
 */
export interface Store {
  /**
   * Runs `work` in one transaction and commits it: as if no other ran beside it, whichever process that is in. `work` is run
   * again from the start when the engine asks for it or when it throws `run-again`, so it must have no effect but through
   * `tx`, and decide nothing from an earlier run. It asks `tx` one thing after the other, gives it no text with a NUL,
   * and passes on what it throws: there is no going on after that.
   *
   * @throws StoreError `busy` when the engine kept asking or takes too long; `unreachable`; `commit-unknown` when the commit
   *   failed in a way that leaves open whether it happened: read back by key, as `transactOnce` does. Whatever `work` throws
   *   is passed on, after the rollback.
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Reads everything as it stood at one moment, however long that takes: whoever writes meanwhile neither waits for it nor is seen
   * by it. `work` is run again from the start where the connection is lost; what it does with what it has read, it must be able
   * to begin anew. A statement that would write fails.
   *
   * @throws StoreError `busy`, `unreachable`; whatever `work` throws
   */
  snapshot<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /** Waits for the transaction that is running, then closes. Nothing can be done afterwards. */
  close(): Promise<void>;
}

/** What can be done within one transaction; by subject, where there is much of one. */
export interface StoreTransaction
  extends ParticipantsTransaction,
    DraftsTransaction,
    FlagsTransaction,
    StaffTransaction,
    WebhookTransaction,
    ConsentTransaction,
    QuestionnairesTransaction,
    ScoresTransaction,
    AllocationTransaction,
    SitesTransaction,
    SessionsTransaction,
    LinksTransaction,
    FunnelTransaction,
    ExportTransaction,
    ErasuresTransaction {
  /** Keeps a study file as it was first served. Where this version stands already, changes nothing. Returns what stands. */
  keepStudyFile(file: StudyFileRow): Promise<{ readonly kept: StudyFileRow; readonly added: boolean }>;
  /** Every version of a study that was ever served, in the order they were kept. */
  studyFiles(study: string): Promise<StudyFileRow[]>;
  /** Every study of which a file was kept, by id. */
  studies(): Promise<string[]>;

  /** Remembers that a key was used for a study. Again is the same as once. */
  keepKeyId(row: KeyIdRow): Promise<void>;
  /** The ids of all keys that any row may have been written with. */
  keyIds(): Promise<string[]>;

  /** What was answered to a submission, found by any of the keyed hashes of its id. */
  intake(study: string, idHashes: readonly string[]): Promise<IntakeRow | undefined>;
  /** False, without effect, when the id has been taken in already. */
  addIntake(row: IntakeRow): Promise<boolean>;

  addSubmission(row: SubmissionRow): Promise<void>;
  submission(study: string, id: string): Promise<SubmissionRow | undefined>;

  addScreening(row: ScreeningRow): Promise<void>;
  screening(study: string, idHashes: readonly string[]): Promise<ScreeningRow | undefined>;
  screenings(study: string): Promise<ScreeningRow[]>;
  /** Says whose a screening is that was anonymous. */
  claimScreening(study: string, idHash: string, participant: string): Promise<void>;

  addContact(row: ContactRow): Promise<void>;
  /** Counts one more contact for a screening and returns how many that makes. Two at once cannot both be the first. */
  countContact(study: string, screeningIdHash: string): Promise<number>;
  contacts(study: string): Promise<ContactRow[]>;
  contact(study: string, id: string): Promise<ContactRow | undefined>;

  /**
   * Appends to an audit chain. `seal` is given the chain's head and returns the row that follows it; two writers cannot
   * follow the same head.
   */
  extendChain(study: string, chain: string, seal: (head: ChainHead) => AuditRow): Promise<AuditRow>;
  /** A chain's rows by sequence. */
  auditRows(study: string, chain: string): Promise<AuditRow[]>;
  auditHeads(study: string): Promise<ChainHead[]>;
  /** Every chain of which there are rows, whether it has a head or not. */
  auditChains(study: string): Promise<string[]>;
}

export interface StudyFileRow {
  readonly study: string;
  readonly version: string;
  /** SHA-256, hex, of the file's RFC 8785 canonical form. */
  readonly digest: string;
  /** The file, character by character. */
  readonly content: string;
  readonly mode: Mode;
  readonly firstServedAt: string;
}

export interface KeyIdRow {
  readonly study: string;
  readonly keyId: string;
  readonly firstUsedAt: string;
}

/** That a submission was taken in, and what was answered: enough to recognise a replay and to answer it the same. */
export interface IntakeRow {
  readonly study: string;
  /** Keyed hash of the submission's id: the id itself may not be kept. */
  readonly idHash: string;
  /** Keyed hash of its canonical content. */
  readonly contentHash: string;
  readonly keyId: string;
  readonly kind: string;
  readonly mode: Mode;
  readonly receivedAt: string;
  readonly auditHead: string;
  readonly deviations: readonly string[];
  readonly next: string | null;
}

/** The bytes of a submission that is kept. Everything extracted elsewhere can be rebuilt from it. */
export interface SubmissionRow {
  readonly study: string;
  readonly id: string;
  readonly kind: string;
  readonly mode: Mode;
  readonly studyVersion: string;
  readonly receivedAt: string;
  readonly body: string;
  /** SHA-256, hex, of the body's bytes. */
  readonly bodySha256: string;
  /** Who sent it; null when nobody was signed in. */
  readonly participant: string | null;
}

/** What the receiver found of a screening. An ineligible one has neither id nor time nor body, unless the study keeps them. */
export interface ScreeningRow {
  readonly study: string;
  readonly idHash: string;
  readonly id: string | null;
  readonly mode: Mode;
  /** The version it was asked from, and the one it was judged by. */
  readonly studyVersion: string;
  readonly judgedBy: string;
  readonly verdict: 'eligible' | 'ineligible' | 'incomplete';
  readonly failed: readonly string[];
  readonly unknown: readonly string[];
  /** Where the sender says they came from; of whoever came by a link, the link's, which is then known to be true. */
  readonly source: string | null;
  /** The code of the link; null where there was none. */
  readonly link: string | null;
  readonly day: string;
  readonly receivedAt: string | null;
  readonly deviations: readonly string[];
  /** Who was signed in, or whom its contact has enrolled since; null for an anonymous one. */
  readonly participant: string | null;
}

/** Who somebody is: apart from what they answered. */
export interface ContactRow {
  readonly study: string;
  readonly id: string;
  readonly screening: string;
  readonly screeningIdHash: string;
  readonly mode: Mode;
  readonly studyVersion: string;
  readonly receivedAt: string;
  readonly body: string;
  readonly bodySha256: string;
  /** SHA-256, hex, of secrets that the participant's browser holds. */
  readonly tokenHash: string | null;
  readonly writeHash: string | null;
  readonly returnHash: string | null;
  readonly deviations: readonly string[];
  /** Whom it belongs to: who was signed in, or whom it enrolled; null for neither. */
  readonly participant: string | null;
}

/** The end of an audit chain: how many rows it has, and the last one's hash. Empty: 0 and ''. */
export interface ChainHead {
  readonly chain: string;
  readonly seq: number;
  readonly mac: string;
}

/** That something happened. Ids and an event, never what was answered. */
export interface AuditRow {
  readonly study: string;
  readonly chain: string;
  /** 1, 2, 3 ... in its chain. */
  readonly seq: number;
  readonly id: string;
  readonly event: string;
  readonly subjects: readonly string[];
  readonly at: string;
  readonly mode: Mode;
  readonly keyId: string;
  /** The `mac` of the row before; '' for the first. */
  readonly previous: string;
  readonly mac: string;
}

export type StoreErrorCode =
  | 'busy'
  | 'unreachable'
  | 'commit-unknown'
  | 'run-again'
  | 'nul-in-text'
  | 'bad-address'
  | 'no-database'
  | 'engine-too-old'
  | 'database-unusable'
  | 'migration-failed';

/** The database cannot do what it was asked. Messages never hold a password, or what was to be stored. */
export class StoreError extends SteadyError {
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
  }
}
