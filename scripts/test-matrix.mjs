import { findClaudeCode } from './claude-code.mjs';
import { setUp } from './setup.mjs';
import { runAsProgram } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

/**
 * Drives the real Claude Code through everything users do, on every protocol, and compares the outcome with the table
 * in docs/compatibility.md. `--write` puts the new table there, and its version into the module that the doctor reads; other
 * arguments go to mocha.
 */
await runAsProgram(import.meta.url, async () => {
  const { node } = await setUp();
  process.env.CLAUDE_BINARY ||= (await findClaudeCode({ allowPath: false })).path;
  const args = process.argv.slice(2).filter((arg) => arg !== '--write');
  if (args.length < process.argv.length - 2) process.env.CLAUDEX_MATRIX_WRITE = '1';
  const { code } = await runTool(node, 'mocha', ['--config', '.mocharc.matrix.json', ...args]);
  return code;
});
