import type { Config } from '@oclif/core';
import { HOOKS, type HookName, type HookResults, type Protocol, type Provider } from '@claudex/sdk';
import { messageOf } from '../errors/index.ts';
import { problemOfProtocol, problemOfProvider } from './check-descriptor.ts';
import { uniqueById, type Contribution } from './unique.ts';

/** Everything the loaded plugins contribute, and what went wrong while asking them. */
export interface Registry {
  readonly protocols: ReadonlyMap<string, Protocol>;
  readonly providers: ReadonlyMap<string, Provider>;
  /** One line per plugin that failed, named. */
  readonly warnings: readonly string[];
}

/** How long one hook may take, in milliseconds. */
const HOOK_LIMIT_MS = 2_000;

const collected = new WeakMap<Config, Promise<Registry>>();

/**
 * Asks every plugin once per process. A plugin that throws, rejects, is slow or answers nonsense costs one
 * warning; it never fails the call.
 */
export function collectRegistry(config: Config): Promise<Registry> {
  let registry = collected.get(config);
  if (!registry) {
    registry = collect(config);
    collected.set(config, registry);
  }
  return registry;
}

async function collect(config: Config): Promise<Registry> {
  const warnings: string[] = [];
  const [protocols, providers] = await Promise.all([
    askAll(config, HOOKS.protocols, problemOfProtocol, warnings),
    askAll(config, HOOKS.providers, problemOfProvider, warnings),
  ]);
  return {
    protocols: uniqueById('protocol', protocols, warnings),
    providers: uniqueById('provider', providers, warnings),
    warnings,
  };
}

async function askAll<Name extends HookName>(
  config: Config,
  name: Name,
  problemOf: (descriptor: unknown) => string | undefined,
  warnings: string[],
): Promise<Contribution<HookResults[Name][number]>[]> {
  const answers = await config.runHook(name, { specVersion: 1 }, HOOK_LIMIT_MS, true);
  for (const { plugin, error } of answers.failures) {
    warnings.push(`plugin ${plugin.name} was left out: ${name} failed: ${firstLine(messageOf(error))}`);
  }
  const contributions: Contribution<HookResults[Name][number]>[] = [];
  for (const { plugin, result } of answers.successes) {
    if (!Array.isArray(result)) {
      warnings.push(`plugin ${plugin.name} was left out: ${name} returned no list`);
      continue;
    }
    for (const descriptor of result as HookResults[Name][number][]) {
      const problem = problemOf(descriptor);
      if (problem === undefined) contributions.push({ plugin: plugin.name, descriptor });
      else warnings.push(`plugin ${plugin.name}: a descriptor of ${name} was left out: ${problem}`);
    }
  }
  return contributions;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
