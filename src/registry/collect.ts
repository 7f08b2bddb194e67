import type { Config, Interfaces } from '@oclif/core';
import { HOOKS, type HookName, type HookResults, type Protocol, type Provider, type Search } from '@claudex/sdk';
import { messageOf } from '../errors/index.ts';
import { askPlugin } from './ask-plugin.ts';
import { loadContributors } from './plugins.ts';
import { problemOfProtocol, problemOfProvider, problemOfSearch } from './check-descriptor.ts';
import { unique, type Contribution } from './unique.ts';

/** Everything the loaded plugins contribute, and what went wrong while asking them. */
export interface Registry {
  readonly protocols: ReadonlyMap<string, Protocol>;
  readonly providers: ReadonlyMap<string, Provider>;
  /** In the order of their ids: the first is the one to ask. */
  readonly searches: ReadonlyMap<string, Search>;
  /** One line per plugin that failed, named. */
  readonly warnings: readonly string[];
}

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
  await loadContributors(config);
  const warnings = replacedPlugins(config);
  const [protocols, providers, searches] = await Promise.all([
    askAll(config, HOOKS.protocols, problemOfProtocol, warnings),
    askAll(config, HOOKS.providers, problemOfProvider, warnings),
    askAll(config, HOOKS.searches, problemOfSearch, warnings),
  ]);
  const byType = unique('provider_type', protocols, (protocol) => protocol.providerTypes, warnings);
  return {
    protocols: toMap(unique('protocol', byType, (protocol) => [protocol.id], warnings)),
    providers: toMap(unique('provider', providers, (provider) => [provider.id], warnings)),
    searches: toMap(unique('search', searches, (search) => [search.id], warnings)),
    warnings,
  };
}

async function askAll<Name extends HookName>(
  config: Config,
  name: Name,
  problemOf: (descriptor: unknown) => string | undefined,
  warnings: string[],
): Promise<Contribution<HookResults[Name][number]>[]> {
  const asked = config.getPluginsList().filter((plugin) => (plugin.hooks[name] ?? []).length > 0);
  const answers = await Promise.all(
    asked.map(async (plugin) => ({ plugin, answers: await askPlugin(config, plugin, name) })),
  );
  const contributions: Contribution<HookResults[Name][number]>[] = [];
  for (const { plugin, answer } of answers.flatMap(({ plugin, answers: all }) =>
    all.map((answer) => ({ plugin, answer })),
  )) {
    if ('problem' in answer) {
      leaveOut(plugin, firstLine(messageOf(answer.problem)), warnings);
    } else if (!Array.isArray(answer.result)) {
      leaveOut(plugin, `${name} returned no list`, warnings);
    } else {
      for (const descriptor of answer.result as HookResults[Name][number][]) {
        const problem = problemOf(descriptor);
        if (problem === undefined) contributions.push(contribution(plugin, descriptor));
        else warnings.push(`plugin ${plugin.name}: a descriptor of ${name} was left out: ${problem}`);
      }
    }
  }
  return contributions;
}

/** A plugin that cannot even be loaded fails in every hook; once is enough to say so. */
function leaveOut(plugin: Interfaces.Plugin, why: string, warnings: string[]): void {
  const line = `plugin ${plugin.name} was left out: ${why}`;
  if (!warnings.includes(line)) warnings.push(line);
}

function contribution<Descriptor>(plugin: Interfaces.Plugin, descriptor: Descriptor): Contribution<Descriptor> {
  return { plugin: plugin.name, bundled: plugin.type === 'core', descriptor };
}

/** An installed plugin of the same name takes the place of a bundled one without a word from the framework. */
function replacedPlugins(config: Config): string[] {
  const bundled = Object.keys(config.pjson.dependencies ?? {});
  return config
    .getPluginsList()
    .filter((plugin) => plugin.type !== 'core' && bundled.includes(plugin.name))
    .map((plugin) => `plugin ${plugin.name} from ${plugin.root} takes the place of the bundled one of that name`);
}

function toMap<Descriptor extends { readonly id: string }>(
  contributions: readonly Contribution<Descriptor>[],
): ReadonlyMap<string, Descriptor> {
  return new Map(contributions.map(({ descriptor }) => [descriptor.id, descriptor]));
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
