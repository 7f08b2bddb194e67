import { join } from 'node:path';
import { setUp } from './setup.mjs';
import { ROOT } from './support/checkout.mjs';
import { run } from './support/run.mjs';
import { runAsProgram } from './support/script-error.mjs';

/** Measures the built program. Arguments go to the benches, e.g. `npm run bench -- --quick --only streams`. */
await runAsProgram(import.meta.url, async () => {
  const { node, environment } = await setUp();
  const { code } = await run(node, [join(ROOT, 'bench', 'index.ts'), ...process.argv.slice(2)], { env: environment });
  return code;
});
