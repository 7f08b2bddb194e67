const CHECKED = { pluginData: 'side-effects' };

/**
 * Says of our own modules that they do nothing when they are loaded, so that an `index.ts` of a room brings along only
 * what is used of it. Entries are kept whole.
 * @type {import('esbuild').Plugin}
 */
export const sideEffectsPlugin = {
  name: 'side-effects',
  setup(build) {
    build.onResolve(
      { filter: /^\.\.?\/.*\.ts$/ },
      async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
        if (namespace !== 'file' || pluginData === CHECKED.pluginData) return undefined;
        const found = await build.resolve(path, { kind, importer, resolveDir, ...CHECKED });
        return { ...found, sideEffects: false };
      },
    );
  },
};
