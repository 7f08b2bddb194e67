import { build } from 'esbuild';
import { join } from 'node:path';
import { ROOT } from '../support/checkout.mjs';
import { runAsProgram, ScriptError } from '../support/script-error.mjs';
import { builtinModulesPlugin } from './builtin-modules.mjs';
import { allBundles } from './bundles.mjs';
import { lazyPackagesPlugin } from './lazy-packages.mjs';
import { commonJsPlugin } from './common-js.mjs';
import { lateRequiresPlugin } from './late-requires.mjs';
import { noticesFor } from './notices.mjs';
import { writeOutputs } from './outputs.mjs';
import { roomsPlugin } from './rooms.mjs';
import { shelfPlugin } from './shelf.mjs';
import { sideEffectsPlugin } from './side-effects.mjs';

/** CommonJS inside a bundle of modules still asks for what CommonJS has. */
const BANNER = [
  "import { createRequire as $createRequire } from 'node:module';",
  'const require = $createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join('\n');

/**
 * Makes the programs: few files instead of a thousand, because finding, opening and linking files is most of what a
 * short command costs. Runs on the project's Node.
 */
await runAsProgram(import.meta.url, async () => {
  await Promise.all(allBundles().map(bundle));
});

/** @param {import('./bundles.mjs').Bundle} what */
async function bundle({ folder, entries, external }) {
  const outdir = join(folder, 'lib');
  const isProgram = folder === ROOT;
  const { outputFiles, metafile, warnings } = await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outdir,
    external: [...external],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.22',
    chunkNames: 'chunks/[name]-[hash]',
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    banner: isProgram ? { js: BANNER } : {},
    plugins: [
      builtinModulesPlugin,
      commonJsPlugin,
      lateRequiresPlugin,
      lazyPackagesPlugin,
      roomsPlugin,
      shelfPlugin,
      sideEffectsPlugin,
    ],
  });
  if (warnings.length > 0) throw new ScriptError('The bundle is not what was meant; the findings are above.');
  const files = outputFiles.map(({ path, contents }) => ({ path, contents }));
  if (isProgram) {
    const text = noticesFor(ROOT, Object.keys(metafile.inputs));
    files.push({ path: join(outdir, 'THIRD-PARTY-NOTICES.txt'), contents: text });
  }
  writeOutputs(outdir, files, isProgram ? /./ : /\.js(?:\.map)?$/);
}
