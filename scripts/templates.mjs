import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './support/checkout.mjs';
import { exampleFile } from './support/example-files.mjs';
import { schemaDocument } from './support/json-schema.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';

/** What follows from the configuration's schema, by its place in the checkout. */
export function templates() {
  return {
    'templates/schemas/claudex.schema.json': `${withShortLists(JSON.stringify(schemaDocument(), undefined, 2))}\n`,
    'templates/config.example.toml': exampleFile('toml'),
    'templates/config.example.yaml': exampleFile('yaml'),
  };
}

/** Writes the templates anew from the schema. With `--check` it writes nothing and fails when one is stale. */
await runAsProgram(import.meta.url, async () => {
  const stale = Object.entries(templates()).filter(([file, text]) => textOf(file) !== text);
  if (process.argv.includes('--check')) {
    if (stale.length === 0) return;
    throw new ScriptError(`stale: ${stale.map(([file]) => file).join(', ')}; run "node scripts/templates.mjs"`);
  }
  for (const [file, text] of stale) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true });
    writeFileSync(join(ROOT, file), text);
  }
  tellOnStderr(
    stale.length === 0 ? 'the templates are up to date' : `renewed ${stale.map(([file]) => file).join(', ')}`,
  );
});

/** Lists of words on one line each, as the formatter has them. */
function withShortLists(json) {
  return json.replaceAll(/\[\s+([^[\]{}]*?)\s+\]/g, (_whole, words) => `[${words.replaceAll(/,\s+/g, ', ')}]`);
}

function textOf(file) {
  return existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : undefined;
}
