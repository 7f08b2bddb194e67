import type { Provider, ProviderEndpoint } from '@claudex/sdk';
import { PLACEHOLDER, type Options } from './provider-options.ts';

/** The first endpoint of a provider whose conditions these options meet. */
export function endpointOf({ endpoints, baseUrl, protocol }: Provider, options: Options): ProviderEndpoint {
  const found = endpoints?.find(({ when = {} }) =>
    Object.entries(when).every(([name, value]) =>
      value === '*' ? options[name] !== undefined : options[name] === value,
    ),
  );
  return found ?? { bases: baseUrl === undefined ? {} : { [protocol]: baseUrl } };
}

/** A provider as it is under these options: with the keys, the page for keys and the models of the endpoint they choose. */
export function settledProvider(provider: Provider, options: Options): Provider {
  const { keyVariables, keyPage, models } = endpointOf(provider, options);
  return {
    ...provider,
    ...(keyVariables !== undefined && { keyVariables }),
    ...(keyPage !== undefined && { keyPage }),
    models: { ...provider.models, ...models },
  };
}

/** Whether anybody may see the list of models of a provider, so that it says nothing about a key. */
export function hasPublicList({
  provider,
  options,
}: {
  readonly provider: Provider;
  readonly options: Options;
}): boolean {
  return endpointOf(provider, options).modelListIsPublic === true;
}

/** The options without a value that some address of the endpoint needs. */
export function missingOptions(provider: Provider, options: Options): string[] {
  const { bases } = endpointOf(provider, options);
  const address = bases[provider.protocol] ?? Object.values(bases)[0] ?? '';
  const names = [...address.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => options[name] === undefined);
}
