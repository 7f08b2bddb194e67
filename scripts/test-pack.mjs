import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUp } from './setup.mjs';
import { CACHE } from './support/checkout.mjs';
import { fetchPackage } from './support/fetch-package.mjs';
import { nodePackage } from './support/project-node.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { runAsProgram } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

const { supported, refused } = JSON.parse(
  readFileSync(new URL('../test/pack/node-versions.json', import.meta.url), 'utf8'),
);

/** Runs the tests that install the packed program on the oldest Nodes it supports, and on one it refuses. */
await runAsProgram(import.meta.url, async () => {
  const { node } = await setUp();
  for (const version of [...supported, refused]) {
    await fetchPackage({
      name: nodePackage(process.platform, process.arch),
      version,
      folder: join(CACHE, 'node'),
      announce: () => tellOnStderr(`Fetching Node ${version} (about 50 MB, once, into .cache of this checkout) …`),
    });
  }
  const { code } = await runTool(node, 'mocha', ['--config', '.mocharc.pack.json', ...process.argv.slice(2)]);
  return code;
});
