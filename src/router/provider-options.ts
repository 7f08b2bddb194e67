import type { Provider, ProviderOption } from '@claudex/sdk';
import { nearest, type Profile } from '../config/index.ts';
import { usageError } from '../errors/index.ts';

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

/** Puts options into an address. Throws a usage error that names the option which is missing. */
export function withOptions(address: string, options: Options, profile: Profile, provider: Provider): string {
  return address.replaceAll(/\{([A-Za-z_]+)\}/g, (_place, name: string) => {
    const value = options[name];
    if (value !== undefined) return value;
    throw usageError('option-missing', ...missing(profile, provider, name));
  });
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
  if (value !== undefined && (option.choices ? Object.hasOwn(option.choices, value) : PLAIN.test(value))) return value;
  const choices = Object.entries(option.choices ?? {}).map(([choice, meaning]) => `${choice} (${meaning})`);
  throw usageError(
    'option-unusable',
    `${place} cannot be ${JSON.stringify(own ?? value)}: it is the ${option.meaning}`,
    choices.length > 0 ? `It can be ${choices.join(', ')}.` : 'It is made of letters, digits and the signs . _ : -.',
  );
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
