import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findClaudeCode } from './claude-code.mjs';
import { setUp } from './setup.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { committedProviderTable, commitProviderTable, providerTable } from './support/provider-outcomes.mjs';
import { runAsProgram } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

/**
 * Drives the real Claude Code against a fake of every provider under its real addresses, which refuses what the real one
 * refuses, and compares the outcome with the table in docs/compatibility.md. `--write` puts the new table there; other
 * arguments go to mocha, e.g. `npm run test:providers -- --grep mistral`, and then there is no table to compare.
 */
await runAsProgram(import.meta.url, async () => {
  const { node } = await setUp();
  process.env.CLAUDE_BINARY ||= (await findClaudeCode({ allowPath: false })).path;
  const args = process.argv.slice(2).filter((arg) => arg !== '--write');
  const writes = args.length < process.argv.length - 2;
  const folder = mkdtempSync(join(tmpdir(), 'claudex-outcomes-'));
  const file = join(folder, 'outcomes.jsonl');
  writeFileSync(file, '');
  process.env.CLAUDEX_PROVIDER_OUTCOMES = file;
  try {
    const { code } = await runTool(node, 'mocha', ['--config', '.mocharc.providers.json', ...args]);
    return code === 0 && args.length === 0 ? compare(providerTable(file), writes) : code;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function compare(table, writes) {
  if (writes) commitProviderTable(table);
  if (committedProviderTable() === table) return 0;
  tellOnStderr(`\n${table}\n\nThis is not the table in docs/compatibility.md; --write puts it there.`);
  return 1;
}
