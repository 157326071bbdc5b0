import type { ReceiverContext } from './app.ts';
import type { ProblemName } from './refusal.ts';

/**
 * One operation of the endpoint contract: how it is described and how it is served stand together, so that openapi.json
 * and the app are built from the same table.
 */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** As OpenAPI writes it: `/studies/{study}`. */
  readonly path: string;
  readonly operation: Operation;
  handle(context: ReceiverContext): Response | Promise<Response>;
}

export type SchemaName = 'Submission' | 'Receipt' | 'Problem' | 'Study' | 'Health' | 'OpenApi';

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly headers?: readonly HeaderParameter[];
  readonly body?: SchemaName;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Every way in which it may be refused, beside `internal`. */
  readonly problems: readonly ProblemName[];
}

export interface HeaderParameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
}

export interface Answer {
  readonly description: string;
  readonly schema?: SchemaName;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The path as hono writes it: `/studies/:study`. */
export function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
