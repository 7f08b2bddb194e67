import { ROOT } from './support/checkout.mjs';
import { projectsOf, removeStale } from './support/outputs.mjs';
import { projectNode } from './support/project-node.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

/**
 * Brings `lib` up to date, here and in every plugin.
 * @param {string} node the project's Node
 */
export async function build(node) {
  for (const project of projectsOf(ROOT)) removeStale(project);
  const { code, output } = await runTool(node, 'typescript', ['-b'], { program: 'tsc', quiet: true });
  if (code !== 0)
    throw new ScriptError(`${output.trim()}\n\nThe build failed; the compiler's findings are above.`, code);
}

await runAsProgram(import.meta.url, async () => build(await projectNode(tellOnStderr)));
