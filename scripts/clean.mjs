import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/checkout.mjs';
import { projectsOf, removeOutputs } from './support/outputs.mjs';
import { runAsProgram } from './support/script-error.mjs';

/** Removes what builds and test runs leave behind. Packages and the cache stay. */
await runAsProgram(import.meta.url, async () => {
  for (const project of projectsOf(ROOT)) removeOutputs(project);
  rmSync(join(ROOT, 'coverage'), { recursive: true, force: true });
});
