#!/usr/bin/env node
// Runs on any Node that knows modules: it must be able to refuse the ones that cannot run the rest.
import { supportedNode } from './supported-node.js';

const problem = supportedNode(process.versions.node);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.();
  const { execute } = await import('@oclif/core/execute');
  await execute({ dir: import.meta.url });
}
