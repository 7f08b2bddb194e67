import { join } from 'node:path';
import { setUp } from './setup.mjs';
import { ROOT } from './support/checkout.mjs';
import { run } from './support/run.mjs';
import { runAsProgram } from './support/script-error.mjs';

/**
 * Keeps the built proxy busy with many streams, some of which fail, and counts what is lost. Arguments go to the driver,
 * e.g. `npm run soak -- --minutes 10 --streams 500 --chaos 0.05`.
 */
await runAsProgram(import.meta.url, async () => {
  const { node, environment } = await setUp();
  const driver = join(ROOT, 'test', 'faults', 'soak', 'main.ts');
  const { code } = await run(node, [driver, ...process.argv.slice(2)], { env: environment });
  return code;
});
