/** page-agent.ts as one expression that a browser evaluates to an object of its functions. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

let built: Promise<string> | undefined;

/** Built once per process. The expression leaves the agent under `globalThis.steadyJourney`. */
export function agentScript(): Promise<string> {
  built ??= buildAgent();
  return built;
}

async function buildAgent(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('page-agent.ts', import.meta.url)),
        formats: ['iife'],
        name: 'steadyJourney',
      },
    },
  });
  const [chunk] = [output].flat().flatMap((part) => ('output' in part ? part.output : []));
  if (chunk?.type !== 'chunk') throw new Error('The journey agent could not be bundled.');
  return `(() => { ${chunk.code}; globalThis.steadyJourney = steadyJourney; })()`;
}
