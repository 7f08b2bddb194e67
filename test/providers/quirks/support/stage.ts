import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { googleGemini } from '@claudex/plugin-protocol-google-gemini';
import type { JsonObject, ModelSlots, Provider, Quirks } from '@claudex/sdk';
import { expect } from 'chai';
import { startTestProxy, type TestProxy } from '../../../support/proxy.ts';
import { startRecordingServer, type RecordingServer } from '../../../support/recording-server.ts';
import { sendAnswer } from './answers.ts';
import type { Case } from './cases.ts';
import type { Exchange, Wire } from './proof.ts';

/** A provider on loopback and a proxy in front of it, with one profile for every protocol that the provider speaks. */
export interface QuirkStage extends AsyncDisposable {
  wire(one: Case): Wire;
}

const TYPES: { readonly [protocol: string]: string } = {
  'anthropic-messages': 'DirectAnthropic',
  'openai-chat': 'OpenAICompatible',
  'openai-responses': 'OpenAIResponses',
  'google-gemini': googleGemini.providerTypes[0] ?? '',
};

const SESSION = '0b3cbb0a-5d3e-4a53-9f5b-d8a1c0a7c3e1';

/** What the next answer consists of; absent: whatever the provider says of itself. */
interface Script {
  next?: readonly JsonObject[];
}

/** Starts both for one provider. Its credential is never exchanged, and it starts nothing of its own. */
export async function openQuirkStage(provider: Provider, protocols: readonly string[]): Promise<QuirkStage> {
  const script: Script = {};
  const upstream = await startRecordingServer<JsonObject>(({ url, body }, response) => {
    const protocol = url.split('/')[1] ?? '';
    const isStream = body['stream'] === true || url.includes('streamGenerateContent');
    sendAnswer(response, protocol, isStream, script.next);
  });
  const profiles = protocols.map((protocol) => profileOf(provider, protocol, upstream.url)).join('\n');
  const proxy = await startTestProxy(profiles, {
    providers: [rowOf(provider)],
    protocols: [openaiResponses, googleGemini],
  });
  const stop = async (): Promise<void> => {
    await proxy.stop();
    await upstream.close();
  };
  return {
    wire: (one) => wireOf({ proxy, upstream, script, one, more: {}, quirks: one.quirks }),
    [Symbol.asyncDispose]: stop,
  };
}

/** The row without what would call anybody else. */
function rowOf(provider: Provider): Provider {
  const data = Object.entries(provider).filter(([field]) => field !== 'connect' && field !== 'start');
  return { ...(Object.fromEntries(data) as unknown as Provider), needsCredential: false, models: everyModel(provider) };
}

/** Every model has a slot, because a Claude name that is in none goes to the slot of its family. */
function everyModel({ models, knownModels = [] }: Provider): ModelSlots {
  return { ...models, ...Object.fromEntries(knownModels.map(({ id }, place) => [`model-${place}`, id])) };
}

function profileOf({ id, options = {} }: Provider, protocol: string, url: string): string {
  const said = Object.entries(options).filter(
    ([, { choices, kind, default: usual }]) => !choices && kind === undefined && usual === undefined,
  );
  const values = said.map(([name]) => `${name} = "x"`).join(', ');
  return `[[profiles]]
name = "${protocol}"
provider = "${id}"
provider_type = "${TYPES[protocol]}"
base_url = "${url}/${protocol}"
api_key = "key-of-nobody"
options = { ${values} }
`;
}

interface WireParts {
  readonly proxy: TestProxy;
  readonly upstream: RecordingServer<JsonObject>;
  readonly script: Script;
  readonly one: Case;
  readonly more: JsonObject;
  readonly quirks: Quirks;
}

function wireOf(parts: WireParts): Wire {
  const { one, quirks } = parts;
  return {
    protocol: one.protocol,
    facts: one.facts,
    quirks,
    ask: (more, answer) => ask(parts, { ...more, ...parts.more }, answer),
    asking: (condition, changed) => wireOf({ ...parts, more: { ...parts.more, ...condition }, quirks: changed }),
  };
}

async function ask(
  { proxy, upstream, script, one }: WireParts,
  more: JsonObject,
  said: readonly JsonObject[] | undefined,
): Promise<Exchange> {
  delete script.next;
  if (said !== undefined) script.next = said;
  const before = upstream.requests.length;
  const request = { model: one.model, max_tokens: 4_000, messages: [{ role: 'user', content: 'hello' }], ...more };
  const response = await proxy.post(`/proxy/${one.protocol}/v1/messages`, request, {
    'x-claude-code-session-id': SESSION,
    'anthropic-beta': 'interleaved-thinking-2025-05-14,unheard-of-2026-01-01',
  });
  const text = await response.text();
  expect(response.status, text).to.equal(200);
  expect(upstream.failures).to.deep.equal([]);
  const seen = upstream.requests.slice(before);
  expect(seen, 'requests that reached the provider').to.have.length(1);
  const { body, headers, url } = seen[0] ?? { body: {}, headers: {}, url: '' };
  const answer = text.startsWith('{') ? (JSON.parse(text) as JsonObject) : {};
  return { sent: body, headers, url, answer };
}
