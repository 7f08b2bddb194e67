import { defineProvider, type Provider } from '@claudex/sdk';
import { join } from 'node:path';
import type { LoadedConfiguration } from '../../../src/config/index.ts';
import { openTrialWay } from '../../../src/trial/index.ts';
import type { Wizard } from '../../../src/wizard/wizard.ts';
import { loadedFrom } from '../../support/configuration.ts';
import { registryOf } from '../../support/registry.ts';
import { scriptedPrompts, type ScriptedAnswer } from './scripted-prompts.ts';

/** A wizard whose questions are answered by a script. */
export interface Bench {
  readonly wizard: Wizard;
  readonly loaded: LoadedConfiguration;
  /** What was told, one line each. */
  readonly told: readonly string[];
  /** How many answers of the script were not asked for. */
  left(): number;
  close(): Promise<void>;
}

/** What a bench is made of. */
export interface BenchSettings {
  readonly toml?: string;
  readonly providers?: readonly Provider[];
  readonly environment?: { readonly [name: string]: string };
  /** Absent: nobody is asked. */
  readonly script?: readonly ScriptedAnswer[];
  /** Where caches and state go. */
  readonly folder: string;
}

/** Makes a {@link Bench}. Secrets go to files, never to the keyring of whoever runs the tests. */
export async function wizardBench(settings: BenchSettings): Promise<Bench> {
  const { toml = '', providers = [], environment = {}, script, folder } = settings;
  const loaded = await loadedFrom(toml);
  const keys = { ...environment, CLAUDEX_KEYRING: 'file' };
  const way = await openTrialWay(keys);
  const told: string[] = [];
  const scripted = scriptedPrompts(script ?? []);
  const wizard: Wizard = {
    loaded,
    registry: registryOf(providers),
    keys,
    directories: { config: folder, data: folder, cache: join(folder, 'cache'), state: join(folder, 'state') },
    way,
    width: 120,
    note: (...lines) => void told.push(...lines),
    ...(script && { prompts: scripted.prompts }),
  };
  return { wizard, loaded, told, left: scripted.left, close: () => way.close() };
}

/** A provider of Chat Completions at an address, with a conventional variable and models of its own. */
export function acmeAt(baseUrl: string): Provider {
  return defineProvider({
    specVersion: 1,
    id: 'acme',
    title: 'Acme',
    protocol: 'openai-chat',
    baseUrl,
    keyVariables: ['ACME_KEY'],
    models: { default: 'acme-large', haiku: 'acme-small' },
  });
}
