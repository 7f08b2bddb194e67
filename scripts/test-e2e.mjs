import { findClaudeCode } from './claude-code.mjs';
import { setUp } from './setup.mjs';
import { runAsProgram } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

/**
 * Runs the tests that drive the real Claude Code, in exactly the pinned version unless CLAUDE_BINARY names another
 * one. Arguments go to mocha, e.g. `npm run test:e2e -- --grep terminal`.
 */
await runAsProgram(import.meta.url, async () => {
  const { node } = await setUp();
  process.env.CLAUDE_BINARY ||= (await findClaudeCode({ allowPath: false })).path;
  const { code } = await runTool(node, 'mocha', ['--config', '.mocharc.e2e.json', ...process.argv.slice(2)]);
  return code;
});
