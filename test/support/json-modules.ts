import type { Plugin } from '@web/dev-server-core';

/**
 * Serves the library's JSON files as scripts, which is what a build makes of them: esbuild, which serves the TypeScript in
 * tests, leaves away the words `with { type: 'json' }`, as the browsers of the floor do not know them.
 */
export function jsonModules(): Plugin {
  const isModule = (path: string): boolean => /^\/src\/instruments\/library\/\w+\.json$/.test(path);
  return {
    name: 'json-modules',
    resolveMimeType: ({ path }) => (isModule(path) ? 'js' : undefined),
    transform: ({ body, path }) => (isModule(path) ? { body: `export default ${String(body)};` } : undefined),
  };
}
