import type { Provider } from '@claudex/sdk';
import { profileValueProblem } from '../config/index.ts';
import type { Choice } from '../terminal/index.ts';
import type { ProfileAnswers } from './answers.ts';
import { likelyProviderType } from './guesses.ts';
import { asks, providerOf, type AskingWizard, type Wizard } from './wizard.ts';

/** Who is asked, and where. */
export type Endpoint = Pick<ProfileAnswers, 'provider' | 'providerType' | 'baseUrl'>;

/** Settles provider, protocol and address. Without anybody to ask, they have been given. */
export async function askEndpoint(given: Endpoint, wizard: Wizard): Promise<Endpoint> {
  if (given.provider !== undefined) return withAddress(given, wizard);
  if (given.baseUrl !== undefined) return withProtocol({ ...given, baseUrl: given.baseUrl }, wizard);
  if (!asks(wizard)) return given;
  const provider = await wizard.prompts.search({
    message: 'Provider',
    choices: providerChoices([...wizard.registry.providers.values()]),
    others: () => [OTHER],
  });
  if (provider !== undefined) return withAddress({ ...given, provider }, wizard);
  return withProtocol({ ...given, baseUrl: await askAddress(wizard) }, wizard);
}

/** Asks for the address of a provider or of a server of one's own. */
export function askAddress({ prompts }: AskingWizard, initial?: string): Promise<string> {
  return prompts.text({
    message: 'Address (base URL)',
    check: (address) => profileValueProblem('base_url', address),
    ...(initial !== undefined && { initial }),
  });
}

/** Asks for the protocol an address speaks. */
function askProtocol({ prompts, registry }: AskingWizard, initial: string): Promise<string> {
  const choices = [...registry.protocols.values()].flatMap(({ title, providerTypes }) =>
    providerTypes.map((type): Choice<string> => ({ value: type, short: type, name: `${title} (${type})` })),
  );
  return prompts.select({ message: 'Protocol', choices, initial });
}

const OTHER: Choice<string | undefined> = {
  value: undefined,
  name: 'Other (own URL)',
  description: 'Another provider, or a server of your own',
};

function providerChoices(providers: readonly Provider[]): Choice<string | undefined>[] {
  return providers.map((provider) => {
    const address = usualAddress(provider);
    const { id, title } = provider;
    return { value: id, name: title, description: address === undefined ? id : `${id}, ${address}` };
  });
}

/** Where a provider is unless an option says otherwise: the last endpoint is for whatever no other one is for. */
function usualAddress({ baseUrl, endpoints = [], protocol }: Provider): string | undefined {
  return baseUrl ?? endpoints.at(-1)?.bases[protocol];
}

/** Where a provider is, as its plugin says it; in the order in which its endpoints are tried. */
function addressesOf({ baseUrl, endpoints = [] }: Provider): readonly string[] {
  return [...(baseUrl === undefined ? [] : [baseUrl]), ...endpoints.flatMap(({ bases }) => Object.values(bases))];
}

/** Whether a provider says itself where it is. */
export function knowsAddress(provider: Provider): boolean {
  return provider.start !== undefined || provider.connect !== undefined || addressesOf(provider).length > 0;
}

/** Some providers are at another address for everybody. */
async function withAddress(endpoint: Endpoint, wizard: Wizard): Promise<Endpoint> {
  const provider = providerOf(endpoint, wizard);
  const isKnown = endpoint.baseUrl !== undefined || (provider !== undefined && knowsAddress(provider));
  return isKnown || !asks(wizard) ? endpoint : { ...endpoint, baseUrl: await askAddress(wizard) };
}

async function withProtocol(endpoint: Endpoint & { readonly baseUrl: string }, wizard: Wizard): Promise<Endpoint> {
  if (endpoint.providerType !== undefined) return endpoint;
  const likely = likelyProviderType(endpoint.baseUrl);
  if (asks(wizard)) return { ...endpoint, providerType: await askProtocol(wizard, likely) };
  wizard.note(`Taking ${likely} for the protocol; --provider-type names another.`);
  return { ...endpoint, providerType: likely };
}
