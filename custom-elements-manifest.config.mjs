// dist/custom-elements.json, for editors and catalogues: the public face of the elements, made from their class comments.
export default {
  globs: ['components/**/*.ts'],
  exclude: ['components/**/*.define.ts', 'components/**/*.styles.ts', 'components/define.ts', 'components/loader.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publicFace()],
};

/** Leaves elements and events, without what is private to them, and names each module by where the package has it. */
function publicFace() {
  const isPublic = ({ privacy }) => privacy === undefined || privacy === 'public';
  const isShown = ({ customElement, superclass }) => customElement === true || superclass?.name === 'Event';
  return {
    name: 'public-face',
    packageLinkPhase({ customElementsManifest: manifest }) {
      for (const module of manifest.modules) {
        module.declarations = (module.declarations ?? []).filter(isShown);
        for (const declaration of module.declarations) {
          declaration.members = (declaration.members ?? []).filter(isPublic);
          // The analyzer takes the first argument of any dispatched event for its name: what no comment describes is that.
          if (declaration.events) declaration.events = declaration.events.filter(({ description }) => description);
        }
      }
      manifest.modules = manifest.modules.filter((module) => module.declarations.length > 0);
      for (const module of manifest.modules) {
        const shown = new Set(module.declarations.map(({ name }) => name));
        module.exports = (module.exports ?? []).filter(({ declaration }) => shown.has(declaration?.name));
      }
      renameSources(manifest);
    },
  };
}

/** The package ships dist/lib, not the sources. */
function renameSources(value) {
  if (Array.isArray(value)) for (const item of value) renameSources(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if ((key === 'path' || key === 'module') && typeof item === 'string')
        value[key] = item.replace(/^\/?(components\/.*)\.ts$/, 'dist/lib/$1.js');
      else renameSources(item);
    }
  }
}
