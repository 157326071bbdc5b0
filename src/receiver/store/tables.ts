import type { AllocationTables } from './allocation-store.ts';
import type { ConsentTables } from './consent-store.ts';
import type { DraftsTables } from './drafts-store.ts';
import type { ErasuresTables } from './erasures-store.ts';
import type { FlagsTables } from './flags-store.ts';
import type { LinksTables } from './links-store.ts';
import type { ParticipantsTables } from './participants-store.ts';
import type { QuestionnairesTables } from './questionnaires-store.ts';
import type { ScoresTables } from './scores-store.ts';
import type { SessionsTables } from './sessions-store.ts';
import type { SitesTables } from './sites-store.ts';
import type { StaffTables } from './staff-store.ts';
import type {
  AuditRow,
  ChainHead,
  ContactRow,
  IntakeRow,
  KeyIdRow,
  ScreeningRow,
  StudyFileRow,
  SubmissionRow,
} from './store.ts';
import type { WebhookTables } from './webhook-store.ts';

/** The tables as the database has them: a row with its lists as JSON text. Columns are snake_case there. */

type ListKeys<Row> = { [Key in keyof Row]: Row[Key] extends readonly string[] ? Key : never }[keyof Row];
export type Stored<Row> = Omit<Row, ListKeys<Row>> & { [Key in ListKeys<Row>]: string };

export interface Tables
  extends ParticipantsTables,
    DraftsTables,
    FlagsTables,
    StaffTables,
    WebhookTables,
    ConsentTables,
    QuestionnairesTables,
    ScoresTables,
    AllocationTables,
    SitesTables,
    SessionsTables,
    LinksTables,
    ErasuresTables {
  studyFiles: Stored<StudyFileRow>;
  studyKeys: Stored<KeyIdRow>;
  intake: Stored<IntakeRow>;
  submissions: Stored<SubmissionRow>;
  screenings: Stored<ScreeningRow> & { contacts: number };
  contacts: Stored<ContactRow>;
  audit: Stored<AuditRow>;
  auditHeads: ChainHead & { study: string };
}
