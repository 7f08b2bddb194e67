import type { Provider, ProviderOption } from '@claudex/sdk';
import { nearest, type Profile } from '../config/index.ts';
import { usageError } from '../errors/index.ts';
import { addressOf } from './address-option.ts';

/** What an option says, by its name. */
export type Options = { readonly [name: string]: string };

/** What can stand in an address without changing its shape. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/**
 * The provider's options as this profile has them: what it says, else the first variable that is set, else the default.
 * Throws a usage error for an option that the provider does not have and for a value that it does not take.
 */
export function optionsOf(profile: Profile, provider: Provider, environment: NodeJS.ProcessEnv): Options {
  const known = provider.options ?? {};
  for (const name of Object.keys(profile.options ?? {})) {
    if (!Object.hasOwn(known, name)) throw unknownOption(profile, provider, name);
  }
  const found = Object.entries(known).flatMap(([name, option]) => {
    const value = valueOf(profile, name, option, environment);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

/** Where the value of an option is put into a text; the name is the first group. */
export const PLACEHOLDER = /\{([A-Za-z_]+)\}/g;

/** Puts options into an address. Throws a usage error that names the option which is missing, or does not fit there. */
export function withOptions(address: string, options: Options, profile: Profile, provider: Provider): string {
  const used: string[] = [];
  const filled = address.replaceAll(PLACEHOLDER, (_place, name: string) => {
    const value = options[name];
    if (value === undefined) throw usageError('option-missing', ...missing(profile, provider, name));
    used.push(`options.${name}`);
    return value;
  });
  // What stands in a host may be no more than a word of it.
  if (used.length === 0 || URL.canParse(filled)) return filled;
  throw usageError(
    'option-unusable',
    `profile "${profile.name}" makes no address of ${address} with ${used.join(' and ')}`,
    `Correct ${used.join(' or ')}.`,
  );
}

function valueOf(
  profile: Profile,
  name: string,
  option: ProviderOption,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const own = profile.options?.[name];
  const variable = option.variables?.find((candidate) => environment[candidate]?.trim());
  if (own === undefined && variable === undefined) return option.default;
  const value = own === undefined ? (environment[variable ?? ''] ?? '').trim() : textOf(own);
  const place = own === undefined ? `the variable ${variable}` : `options.${name} of profile "${profile.name}"`;
  const accepted = value === undefined ? undefined : acceptedValue(value, option);
  if (accepted !== undefined) return accepted;
  throw usageError(
    'option-unusable',
    // An address may have a password in it.
    `${place} cannot be ${value?.includes('@') === true ? 'used' : JSON.stringify(own ?? value)}: it is the ${option.meaning}`,
    formOf(option),
  );
}

/** The value as addresses take it; undefined for one that the option does not take. */
function acceptedValue(value: string, option: ProviderOption): string | undefined {
  if (option.choices) return Object.hasOwn(option.choices, value) ? value : undefined;
  if (option.kind === 'address') return addressOf(value, option.default);
  if (option.kind === 'file') return /^(~?[\\/]|[A-Za-z]:[\\/])/.test(value) ? value : undefined;
  return PLAIN.test(value) ? value : undefined;
}

/** What a value of this option looks like; undefined where `value` does. */
export function optionProblem(option: ProviderOption, value: string): string | undefined {
  return acceptedValue(value.trim(), option) === undefined ? formOf(option) : undefined;
}

function formOf({ choices, kind }: ProviderOption): string {
  if (choices) {
    const known = Object.entries(choices).map(([choice, meaning]) => `${choice} (${meaning})`);
    return `It can be ${known.join(', ')}.`;
  }
  if (kind === 'file') return 'It is the path of a file, from the root or from ~/.';
  if (kind === 'address') return 'It is written as http://host:port or host:port.';
  return 'It is made of letters, digits and the signs . _ : -.';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

function unknownOption(profile: Profile, provider: Provider, name: string): Error {
  const known = Object.keys(provider.options ?? {});
  const close = nearest(name, known);
  return usageError(
    'option-unknown',
    `profile "${profile.name}" has options.${name}, which ${provider.title} does not know`,
    known.length === 0
      ? `${provider.title} has no options.`
      : `${close === undefined ? '' : `Did you mean "${close}"? `}Its options are ${known.join(', ')}.`,
  );
}

function missing({ name: profile }: Profile, { options, title }: Provider, name: string): [string, string] {
  const option = options?.[name];
  const variables = option?.variables ?? [];
  return [
    `profile "${profile}" needs options.${name} for ${title}: the ${option?.meaning ?? name}`,
    `Add "${name}" to the profile's options${variables.length === 0 ? '' : `, or export ${variables.join(' or ')}`}.`,
  ];
}
