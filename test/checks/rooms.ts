/** The one-way imports of the house as data: which room may import which, and which packages each may use. */

/** Rooms whose names are folders of src/, and the folders beside it. */
export type Room = {
  /** Other rooms whose files this one may import; its own are always allowed. `*` is every room. */
  readonly rooms: readonly string[];
  /** Bare imports: a name allows itself and what lies under it; `node:*` is every module of Node. */
  readonly packages: readonly string[];
  /** Its imports are part of the npm package, so that each must stand under `dependencies`. */
  readonly published: boolean;
};

const domainRooms = ['form', 'screening', 'consent', 'instruments', 'schedule', 'allocation'] as const;

const domain = (...packages: string[]): Room => ({
  rooms: ['study'],
  packages: ['valibot', ...packages],
  published: true,
});

export const rooms: Readonly<Record<string, Room>> = {
  study: { rooms: [], packages: ['valibot'], published: true },
  form: domain(),
  screening: domain(),
  consent: domain('canonicalize', '@noble/hashes'),
  instruments: domain(),
  schedule: domain('temporal-polyfill', 'ical-generator'),
  allocation: domain(),
  submission: {
    rooms: ['study'],
    packages: ['valibot', 'canonicalize', '@noble/hashes', 'uuid'],
    published: true,
  },
  delivery: { rooms: ['submission', 'study'], packages: ['valibot', 'idb', '@noble/hashes', 'uuid'], published: true },
  receiver: {
    rooms: [...domainRooms, 'submission', 'study'],
    packages: [
      'node:*',
      'valibot',
      'hono',
      '@hono/node-server',
      'kysely',
      'pg',
      'pino',
      'rate-limiter-flexible',
      'canonicalize',
      '@noble/hashes',
      'uuid',
      'jose',
      'pdfkit',
      'fontkit',
      '@fontsource/noto-sans',
      'csv-stringify',
    ],
    published: true,
  },
  cli: {
    rooms: ['receiver', ...domainRooms, 'submission', 'study'],
    packages: ['node:*', 'valibot', 'csv-parse', 'csv-stringify'],
    published: true,
  },
  components: {
    rooms: [...domainRooms, 'delivery', 'submission', 'study'],
    packages: ['lit', '@lit/context', '@lit/task', 'signature_pad', 'lean-qr'],
    published: true,
  },
  demo: { rooms: ['*'], packages: ['node:*', 'hono', '@hono/node-server'], published: false },
  // Tests, benchmarks, proofs, scripts and configurations may use anything; nothing else may use them.
  test: { rooms: ['*'], packages: ['*'], published: false },
};

/** Packages that single files alone may import, whatever their room: they are too large to come along unnoticed. */
export const keptApart: Readonly<Record<string, readonly string[]>> = {
  'survey-core': ['src/form/survey-form.ts'],
  '@valibot/to-json-schema': ['src/study/json-schema.ts', 'src/receiver/openapi.ts'],
};

/** The room of a file, by its path from the root; undefined where the plan knows no such place. */
export function roomOf(path: string): string | undefined {
  const [first = '', second = ''] = path.split('/');
  if (first === 'src') return second in rooms && !['components', 'demo', 'test'].includes(second) ? second : undefined;
  if (first === 'components' || first === 'demo') return first;
  return ['test', 'bench', 'prove', 'scripts'].includes(first) || !path.includes('/') ? 'test' : undefined;
}
