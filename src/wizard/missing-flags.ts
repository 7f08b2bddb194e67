import { usageError } from '../errors/index.ts';
import type { GivenAnswers } from './answers.ts';
import { missingOptions } from '../router/index.ts';
import { knowsAddress } from './ask-endpoint.ts';
import { keyByDefault, wantsKey } from './ask-key.ts';
import { providerOf, usedOptions, type Wizard } from './wizard.ts';

/**
 * Throws one usage error that names every flag without which a profile cannot be made, where nobody is asked. With
 * `defaults` whatever has a default may be absent.
 */
export function checkMissing(given: GivenAnswers, wizard: Pick<Wizard, 'registry' | 'keys'>, defaults: boolean): void {
  const missing = [
    ...(given.name === undefined && !defaults ? ['--name'] : []),
    ...missingEndpoint(given, wizard),
    ...missingKey(given, wizard),
  ];
  if (missing.length === 0) return;
  throw usageError(
    'flags-missing',
    `without a terminal to ask on, these flags are needed: ${missing.join(', ')}`,
    'Add them, or run the command on a terminal without --yes.',
  );
}

function missingEndpoint(given: GivenAnswers, wizard: Pick<Wizard, 'registry' | 'keys'>): readonly string[] {
  const provider = providerOf(given, wizard);
  if (given.provider !== undefined) {
    if (provider === undefined || given.baseUrl !== undefined) return [];
    if (!knowsAddress(provider)) return ['--base-url'];
    const used = usedOptions(provider, given.options, wizard.keys);
    return missingOptions(provider, used).map((name) => `--option ${name}=…`);
  }
  const ofModel = given.model === undefined ? ['--model'] : [];
  return given.baseUrl === undefined ? ['--provider (or --base-url and --model)'] : ofModel;
}

function missingKey(given: GivenAnswers, wizard: Pick<Wizard, 'registry' | 'keys'>): readonly string[] {
  if (given.key !== undefined) return [];
  if (given.keyring) return ['--api-key-stdin'];
  const provider = providerOf(given, wizard);
  const isOpen = provider !== undefined && wantsKey(provider) && keyByDefault(provider, wizard.keys) === undefined;
  return isOpen ? ['--api-key-env or --api-key-stdin'] : [];
}
