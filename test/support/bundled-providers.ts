import type { Provider } from '@claudex/sdk';
// @ts-expect-error A script has no declarations.
import { bundledProviders as ask } from '../../scripts/support/bundled-providers.mjs';

/** Every provider of the bundled plugins, as they answer the hook, in the order of their ids. */
export async function bundledProviders(): Promise<readonly Provider[]> {
  const bundled = (await ask()) as readonly { readonly provider: Provider }[];
  return bundled.map(({ provider }) => provider);
}
