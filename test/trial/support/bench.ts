import type { ServerResponse } from 'node:http';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { demo } from '@claudex/plugin-provider-demo';
import { bindProfile, type BoundProfile } from '../../../src/router/index.ts';
import type { Registry } from '../../../src/registry/index.ts';
import { openTrialWay, testConnectivity, type Connectivity } from '../../../src/trial/index.ts';
import { configurationFrom } from '../../support/configuration.ts';
import { sendWhole } from '../../support/recording-server.ts';
import { serve, type SeenRequest, type TestServer } from '../../support/serve.ts';

/** What is bundled, as far as tests of profiles need it. */
const REGISTRY: Registry = {
  protocols: new Map([anthropicMessages, openaiChat, openaiResponses].map((protocol) => [protocol.id, protocol])),
  providers: new Map([[demo.id, demo]]),
  searches: new Map(),
  warnings: [],
};

/** Binds the profile `p` that this TOML describes. */
export async function profileOf(lines: string, keys: NodeJS.ProcessEnv = {}): Promise<BoundProfile> {
  const configuration = await configurationFrom(`[[profiles]]\nname = 'p'\ndefault_model = 'm'\n${lines}`);
  return bindProfile('p', configuration, REGISTRY, keys);
}

/** Tests a profile, without a way to the network of its own. */
export async function trial(bound: BoundProfile, limitMs = 5_000): Promise<Connectivity> {
  const way = await openTrialWay({}, limitMs);
  try {
    return await testConnectivity(bound, way, new AbortController().signal);
  } finally {
    await way.close();
  }
}

/** Answers of a provider by the last part of the path. */
export interface Answers {
  readonly models?: (response: ServerResponse, request: SeenRequest) => void | Promise<void>;
  readonly messages?: (response: ServerResponse, request: SeenRequest) => void;
}

/** Starts a provider; what is not given is answered with 404 and JSON. */
export function provider({ models, messages }: Answers): Promise<TestServer> {
  const missing = (response: ServerResponse): void =>
    sendWhole(response, 404, { error: { message: 'Not found', type: 'invalid_request_error' } });
  return serve(
    (request, response) =>
      void (request.method === 'GET' ? (models ?? missing) : (messages ?? missing))(response, request),
  );
}

/** An answer of this status with this body. */
export function says(status: number, body: unknown, headers: { readonly [name: string]: string } = {}) {
  return (response: ServerResponse): void => sendWhole(response, status, body, headers);
}

/** A list of one model, as all three protocols have it. */
export const MODELS = { object: 'list', data: [{ id: 'm' }], has_more: false };
