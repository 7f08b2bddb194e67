import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './checkout.mjs';

/**
 * Asks every bundled plugin that brings providers, as the program does.
 * @returns {Promise<{provider: import('@claudex/sdk').Provider, plugin: string}[]>} in the order of their ids
 */
export async function bundledProviders() {
  const { bundleDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const plugins = bundleDependencies.filter((name) => name.startsWith('@claudex/plugin-provider-'));
  const answers = await Promise.all(plugins.map((plugin) => ask(plugin)));
  return answers.flat().sort((one, other) => (one.provider.id < other.provider.id ? -1 : 1));
}

async function ask(plugin) {
  const { default: answerProviders } = await import(plugin);
  const providers = await answerProviders({ specVersion: 1 });
  return providers.map((provider) => ({ provider, plugin }));
}
