import { keyHeader, bearer } from './kit/admission.ts';
import { googleError } from './kit/error-shapes.ts';
import * as chat from './kit/rules/chat.ts';
import { knownModel } from './kit/rules/common.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, geminiWire } from './kit/wires.ts';

const KEY = 'AIzaKeyOfGemini0123456789';
const WORDS = {
  missing: "Method doesn't allow unregistered callers.",
  wrong: 'API key not valid. Please pass a valid API key.',
};

const models: readonly VendorModel[] = [
  { id: 'gemini-3.5-flash-lite', window: 1_048_576, output: 65_536 },
  { id: 'gemini-3.8-flash', window: 1_048_576, output: 65_536 },
  { id: 'gemini-4-argon', window: 1_048_576, output: 32_768 },
];

const list = {
  models: models.map(({ id, window, output }) => ({
    name: `models/${id}`,
    displayName: id,
    inputTokenLimit: window,
    outputTokenLimit: output,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
    thinking: true,
  })),
};

const unknown = knownModel((model) => `models/${model} is not found for API version v1beta`);
const overflow = (tokens: number, maximum: number): string =>
  `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${maximum}).`;

/** Google's Gemini API with a key. */
export const gemini: Vendor = {
  id: 'gemini',
  hosts: ['generativelanguage.googleapis.com'],
  key: KEY,
  models,
  admits: keyHeader('x-goog-api-key', KEY, { ...WORDS, status: 400 }),
  errors: googleError,
  list: (path) => (path === '/v1beta/models' ? list : undefined),
  wires: [
    geminiWire({ before: '/v1beta/models/', overflow, rules: [unknown] }),
    chatWire({
      path: '/v1beta/openai/chat/completions',
      admits: bearer(KEY, WORDS),
      overflow,
      rules: [unknown, chat.roles('system', 'user', 'assistant', 'tool'), chat.asksForUsage],
    }),
  ],
};
