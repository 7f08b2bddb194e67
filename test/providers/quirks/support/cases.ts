import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { googleGemini } from '@claudex/plugin-protocol-google-gemini';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { ModelFacts, Provider, Quirks } from '@claudex/sdk';
import { quirksInForce } from '@claudex/sdk/codec';

/** Protocols that are bundled, in the order in which cases of a provider come. */
const PROTOCOLS: ReadonlySet<string> = new Set(
  [anthropicMessages, openaiChat, openaiResponses, googleGemini].map(({ id }) => id),
);

/** One combination of quirks of a provider, and a model that has it. */
export interface Case {
  readonly protocol: string;
  readonly model: string;
  readonly facts: ModelFacts | undefined;
  readonly quirks: Quirks;
}

/** The bundled protocols that a provider has an address for. */
export function protocolsOf({ protocol, endpoints = [] }: Provider): string[] {
  const spoken = new Set([protocol, ...endpoints.flatMap(({ bases }) => Object.keys(bases))]);
  return [...PROTOCOLS].filter((id) => spoken.has(id));
}

/** Every combination of quirks that a provider has: with a model that nobody knows, and with those that it knows. */
export function casesOf(provider: Provider): Case[] {
  return protocolsOf(provider).flatMap((protocol) => {
    const models = (provider.knownModels ?? []).filter((facts) => (facts.protocol ?? protocol) === protocol);
    const cases = [undefined, ...models].map((facts) => caseOf(provider, protocol, facts));
    const unlike = new Map(cases.map((one) => [JSON.stringify([one.quirks, one.facts?.reasoning]), one]));
    return [...unlike.values()];
  });
}

function caseOf(provider: Provider, protocol: string, facts: ModelFacts | undefined): Case {
  const input = facts?.modalities?.input;
  const isBlind = input !== undefined && !input.includes('image');
  const quirks = {
    ...provider.quirks,
    ...provider.wires?.[protocol]?.quirks,
    ...(isBlind && { images: false }),
    ...facts?.quirks,
  };
  return { protocol, model: facts?.id ?? 'model-of-nobody', facts, quirks: alwaysInForce(quirks, protocol, facts) };
}

/** What holds only while the model reasons holds always where it cannot do without. */
function alwaysInForce(quirks: Quirks, protocol: string, facts: ModelFacts | undefined): Quirks {
  if (protocol === 'anthropic-messages') return quirks;
  const request = { model: '', messages: [], system: [], tools: [], stream: false, client: { betas: [] }, other: {} };
  const { withTools, whileReasoning } = quirks;
  const always = quirksInForce({ request, quirks, ...(facts && { facts }) });
  return { ...always, ...(withTools && { withTools }), ...(whileReasoning && { whileReasoning }) };
}
