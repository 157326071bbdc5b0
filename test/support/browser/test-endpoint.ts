/** A little endpoint for one test: a real server that answers as the test says. Its other side is endpoint-middleware.ts. */
import type { EndpointPlan, SeenSubmission } from '../../suites/support/endpoint-plan.ts';

const open = new Set<TestEndpoint>();

export class TestEndpoint {
  /** What an element's `endpoint` attribute takes. */
  readonly address = new URL(`/endpoint/${crypto.randomUUID()}`, location.href).href;

  /** @param study served as JSON under any id, unless the plan says otherwise */
  static async open(study?: object, plan: Partial<EndpointPlan> = {}): Promise<TestEndpoint> {
    const endpoint = new TestEndpoint();
    open.add(endpoint);
    await endpoint.tell({ ...(study && { study: { body: JSON.stringify(study) } }), ...plan });
    return endpoint;
  }

  /** From now on it answers like this; what waits for an answer gets it now. */
  async tell(plan: Partial<EndpointPlan>): Promise<void> {
    const { status } = await fetch(`${this.address}/plan`, { method: 'PUT', body: JSON.stringify(plan) });
    if (status !== 204) throw new Error(`The endpoint took no plan: ${status}.`);
  }

  /** The attempts to bring a submission here, once there are as many. */
  seen(count = 0): Promise<readonly SeenSubmission[]> {
    return this.#ask(`count=${count}`);
  }

  /** What was stored, once as many are: each id once, parsed. */
  async stored(count = 0): Promise<readonly Stored[]> {
    const seen = (await this.#ask(`stored=${count}`)).filter((one) => one.stored);
    return [...new Map(seen.map(({ id, body }) => [id, body])).values()].map((body) => JSON.parse(body) as Stored);
  }

  /** The calls about participants so far: `PUT me/drafts/screener`. */
  async calls(): Promise<readonly string[]> {
    return (await fetch(`${this.address}/calls`)).json();
  }

  async #ask(query: string): Promise<readonly SeenSubmission[]> {
    return (await fetch(`${this.address}/seen?${query}`)).json();
  }
}

/** Lets every endpoint of a test answer what still waits for it, so that nothing of one test holds up the next. */
export async function closeEndpoints(): Promise<void> {
  await Promise.all([...open].map((endpoint) => endpoint.tell({ study: { status: 410 }, submissions: 'receipt' })));
  open.clear();
}

/** What the tests look at in a submission. */
export interface Stored {
  readonly id: string;
  readonly kind: string;
  readonly studyVersion: string;
  readonly locale: string;
  readonly mode: string;
  readonly source?: string;
  readonly screening?: string;
  readonly answers: Readonly<Record<string, unknown>>;
}
