import { join } from 'node:path';
import { ROOT } from './support/checkout.mjs';
import { projectsOf, removeStale } from './support/outputs.mjs';
import { environmentFor, projectNode } from './support/project-node.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { run } from './support/run.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

/**
 * Brings `lib` up to date, here and in every plugin: the compiler checks and writes the declarations of the plugins, the
 * bundler writes the programs.
 * @param {string} node the project's Node
 */
export async function build(node) {
  for (const project of projectsOf(ROOT)) removeStale(project);
  const { code, output } = await runTool(node, 'typescript', ['-b'], { program: 'tsc', quiet: true });
  if (code !== 0)
    throw new ScriptError(`${output.trim()}\n\nThe build failed; the compiler's findings are above.`, code);
  const bundling = await run(node, [join(ROOT, 'scripts', 'bundle', 'index.mjs')], {
    env: environmentFor(node),
    quiet: true,
  });
  if (bundling.code !== 0) {
    throw new ScriptError(
      `${bundling.output.trim()}\n\nThe build failed; the bundler's findings are above.`,
      bundling.code,
    );
  }
}

await runAsProgram(import.meta.url, async () => build(await projectNode(tellOnStderr)));
