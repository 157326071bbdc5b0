import type { TrustedKey } from '../../consent/record.ts';
import { type ChainFinding, verifyChain } from '../audit.ts';
import type { KeyRing } from '../keys.ts';
import { type DocumentFault, readSignedDocument } from '../signed-document.ts';
import type { AuditRow, Store, StoreTransaction } from '../store/store.ts';
import { type Checkpoint, checkpointSchema } from './checkpoint.ts';

/** Whether a study's audit is what was written, row by row, and ends no earlier than the checkpoints of it say. */

export interface AuditFinding {
  readonly chain: string;
  /** The first row of the chain that does not fit; undefined where that cannot be said. */
  readonly seq: number;
  /** As it stands now; undefined where it is not there. */
  readonly row: Pick<AuditRow, 'id' | 'event'> | undefined;
  readonly what: ChainFinding['what'] | 'cut-off' | 'no-head' | 'not-as-checkpointed';
  /** The time of the checkpoint that says so. */
  readonly checkpoint?: string;
}

export interface CheckpointFinding {
  readonly file: string;
  readonly fault: DocumentFault | 'other-study';
}

export interface AuditReport {
  readonly chains: number;
  readonly rows: number;
  readonly checkpoints: number;
  /** One for each chain that is not whole: its first. */
  readonly findings: readonly AuditFinding[];
  readonly unusable: readonly CheckpointFinding[];
}

export interface AuditOffice {
  readonly store: Store;
  readonly keys: Pick<KeyRing, 'all'>;
  /** What checkpoints are verified by. */
  readonly trusted: readonly TrustedKey[];
}

export async function verifyAudit(
  { store, keys, trusted }: AuditOffice,
  study: string,
  files: readonly { readonly file: string; readonly text: string }[] = [],
): Promise<AuditReport> {
  const unusable: CheckpointFinding[] = [];
  const checkpoints: Checkpoint[] = [];
  for (const { file, text } of files) {
    const read = await readSignedDocument(text, checkpointSchema, trusted);
    if ('fault' in read) unusable.push({ file, fault: read.fault });
    else if (read.document.study !== study) unusable.push({ file, fault: 'other-study' });
    else checkpoints.push(read.document);
  }
  return store.snapshot(async (tx) => {
    const heads = new Map((await tx.auditHeads(study)).map((head) => [head.chain, head]));
    const marks = marksOf(checkpoints);
    const chains = [...new Set([...(await tx.auditChains(study)), ...heads.keys(), ...marks.keys()])].sort();
    const findings: AuditFinding[] = [];
    let rows = 0;
    for (const chain of chains) {
      const found = await checkChain(tx, { study, chain, head: heads.get(chain), marks: marks.get(chain) ?? [], keys });
      rows += found.rows;
      if (found.finding !== undefined) findings.push(found.finding);
    }
    return { chains: chains.length, rows, checkpoints: checkpoints.length, findings, unusable };
  });
}

interface Mark {
  readonly seq: number;
  readonly mac: string;
  readonly at: string;
}

/** What checkpoints say of each chain, the shortest first. */
function marksOf(checkpoints: readonly Checkpoint[]): ReadonlyMap<string, readonly Mark[]> {
  const marks = checkpoints.flatMap(({ at, heads }) => heads.map(({ chain, seq, mac }) => ({ chain, seq, mac, at })));
  const grouped = Map.groupBy(marks, ({ chain }) => chain);
  return new Map([...grouped].map(([chain, all]) => [chain, all.toSorted((one, other) => one.seq - other.seq)]));
}

async function checkChain(
  tx: StoreTransaction,
  {
    study,
    chain,
    head,
    marks,
    keys,
  }: {
    readonly study: string;
    readonly chain: string;
    readonly head: { readonly seq: number; readonly mac: string } | undefined;
    readonly marks: readonly Mark[];
    readonly keys: Pick<KeyRing, 'all'>;
  },
): Promise<{ readonly rows: number; readonly finding: AuditFinding | undefined }> {
  const rows = await tx.auditRows(study, chain);
  const last = rows.at(-1) ?? { seq: 0, mac: '' };
  const rowAt = (seq: number) => rows.find((row) => row.seq === seq);
  const at = (seq: number) => {
    const row = rowAt(seq);
    return { chain, seq, row: row && { id: row.id, event: row.event } };
  };
  const found: AuditFinding[] = verifyChain(rows, head ?? last, keys).map((finding) => {
    const seq = finding.what === 'missing' ? finding.from : finding.seq;
    const isEnd = finding.what === 'missing' && finding.from > last.seq;
    return { ...at(seq), what: isEnd ? 'cut-off' : finding.what };
  });
  if (head === undefined && rows.length > 0) found.push({ ...at(last.seq), what: 'no-head' });
  for (const { seq, mac, at: time } of marks) {
    const row = rowAt(seq);
    if (row === undefined) found.push({ ...at(Math.min(seq, last.seq + 1)), what: 'cut-off', checkpoint: time });
    else if (row.mac !== mac) found.push({ ...at(seq), what: 'not-as-checkpointed', checkpoint: time });
  }
  const [first] = found.toSorted((one, other) => one.seq - other.seq);
  return { rows: rows.length, finding: first };
}
