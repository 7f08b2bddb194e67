import { generateKeyPairSync } from 'node:crypto';
import { bearer } from './kit/admission.ts';
import { anthropicError, googleError } from './kit/error-shapes.ts';
import { refuse } from './kit/refuse.ts';
import { CLAUDE_RULES } from './kit/rules/claude.ts';
import { knownModel } from './kit/rules/common.ts';
import type { Rule, Vendor, VendorModel, VendorWire } from './kit/vendor.ts';
import { geminiWire, messagesWire } from './kit/wires.ts';

const TOKEN = 'ya29.token-of-vertex-0123456789';
const BASE = '/v1/projects/testers-0123/locations/global/publishers';
const CLAUDE = `${BASE}/anthropic/models/`;
const LARGE = { window: 1_000_000, output: 128_000 };

const models: readonly VendorModel[] = [
  ...['haiku', 'sonnet', 'opus'].map((size) => ({ id: `claude-${size}-5-5@default`, ...LARGE })),
  { id: 'gemini-3.5-flash-lite', window: 1_048_576, output: 65_536 },
  { id: 'gemini-3.8-flash', window: 1_048_576, output: 65_536 },
  { id: 'gemini-4-argon', window: 1_048_576, output: 65_536 },
];

/** The model stands in the path, the version in the body. */
const shape: Rule = ({ body }) => {
  if (body['model'] !== undefined) return refuse('model: Extra inputs are not permitted', { param: 'model' });
  return body['anthropic_version'] === 'vertex-2023-10-16'
    ? undefined
    : refuse('anthropic_version: Field required', { param: 'anthropic_version' });
};

const byPath: VendorWire['at'] = (path) => {
  const [model = '', method = ''] = path.startsWith(CLAUDE)
    ? decodeURIComponent(path.slice(CLAUDE.length)).split(':')
    : [];
  if (model === 'count-tokens') return undefined;
  return method === 'rawPredict' || method === 'streamRawPredict'
    ? { model, streamed: method === 'streamRawPredict' }
    : undefined;
};

/** A service account, whose key is of this run. */
const SERVICE_ACCOUNT = {
  type: 'service_account',
  project_id: 'testers-0123',
  private_key_id: '0123456789',
  private_key: generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey,
  client_email: 'tester@testers-0123.iam.gserviceaccount.com',
  client_id: '0123456789',
  token_uri: 'https://oauth2.googleapis.com/token',
};

const unknown = knownModel((model) => `Publisher Model \`${model}\` was not found.`);

/** Vertex AI in all regions, by the default credentials of an application. */
export const vertex: Vendor = {
  id: 'vertex',
  hosts: ['aiplatform.googleapis.com', 'oauth2.googleapis.com'],
  key: '',
  models,
  tried: ['claude-sonnet-5-5@default', 'gemini-3.8-flash'],
  oneWirePerModel: true,
  options: { project: 'testers-0123', location: 'global' },
  files: { GOOGLE_APPLICATION_CREDENTIALS: JSON.stringify(SERVICE_ACCOUNT) },
  listIsBare: true,
  admits: bearer(TOKEN, {
    missing: 'Request is missing required authentication credential.',
    wrong: 'Request had invalid authentication credentials.',
  }),
  errors: googleError,
  other: ({ method, url }) => {
    if (method === 'POST' && url.host === 'oauth2.googleapis.com' && url.pathname === '/token')
      return { status: 200, body: { access_token: TOKEN, expires_in: 3599, token_type: 'Bearer' } };
    return url.pathname === `${CLAUDE}count-tokens:rawPredict`
      ? { status: 200, body: { input_tokens: 1200 } }
      : undefined;
  },
  wires: [
    messagesWire({
      at: byPath,
      errors: anthropicError,
      rules: [unknown, shape, withoutVersion(CLAUDE_RULES)],
      overflow: (tokens, maximum) => `prompt is too long: ${tokens} tokens > ${maximum} maximum`,
    }),
    geminiWire({
      before: `${BASE}/google/models/`,
      overflow: (tokens, maximum) =>
        `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${maximum}).`,
      rules: [unknown],
    }),
  ],
};

/** The rules of Claude's models for a body whose version is known to be right. */
function withoutVersion(rules: readonly Rule[]): Rule {
  return (call) => {
    const { anthropic_version: _version, ...body } = call.body;
    for (const rule of rules) {
      const refusal = rule({ ...call, body });
      if (refusal) return refusal;
    }
    return undefined;
  };
}
