import type { Config, Interfaces } from '@oclif/core';
import type { HookName } from '@claudex/sdk';

/** What one plugin answered to a hook, or why it did not. */
export type Answer = { readonly result: unknown } | { readonly problem: unknown };

/** How long one plugin may take for one hook, loading its code included, in milliseconds. */
const LIMIT_MS = 2_000;

/**
 * Asks one plugin, so that none can hold up or break the others. The limit is our own: the framework's does not
 * cover loading, and it lets the process end while everything waits.
 */
export async function askPlugin(config: Config, plugin: Interfaces.Plugin, name: HookName): Promise<Answer[]> {
  const late = Promise.withResolvers<Answer[]>();
  const problem = new Error(`it did not answer within ${LIMIT_MS / 1000} s`);
  const timer = setTimeout(() => late.resolve([{ problem }]), LIMIT_MS);
  try {
    return await Promise.race([answersOf(config, plugin, name), late.promise]);
  } catch (error) {
    return [{ problem: error }];
  } finally {
    clearTimeout(timer);
  }
}

async function answersOf(config: Config, plugin: Interfaces.Plugin, name: HookName): Promise<Answer[]> {
  // The framework asks all plugins of a configuration: this one sees a configuration with one plugin.
  const alone = Object.create(config, { plugins: { value: new Map([[plugin.name, plugin]]) } }) as Config;
  const { successes, failures } = await alone.runHook(name, { specVersion: 1 }, undefined, true);
  return [...successes.map(({ result }) => ({ result })), ...failures.map(({ error }) => ({ problem: error }))];
}
