import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError, routedError } from './kit/error-shapes.ts';
import * as chat from './kit/rules/chat.ts';
import { details, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import { CLAUDE_RULES } from './kit/rules/claude.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire, responsesWire } from './kit/wires.ts';

const KEY = 'sk-or-v1-key-of-openrouter-0123456789';
const WORDS = { missing: 'No auth credentials found', wrong: 'User not found.' };
const LARGE = { window: 1_000_000, output: 128_000 };

const models: readonly VendorModel[] = [
  { id: '~anthropic/claude-haiku-latest', ...LARGE },
  { id: '~anthropic/claude-sonnet-latest', ...LARGE },
  { id: '~anthropic/claude-opus-latest', ...LARGE },
];

const list = {
  data: models.map(({ id, window, output }) => ({
    id,
    name: id,
    context_length: window,
    architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
    pricing: { prompt: '0.000002', completion: '0.00001' },
    top_provider: { context_length: window, max_completion_tokens: output, is_moderated: false },
    supported_parameters: ['max_tokens', 'reasoning', 'tools', 'tool_choice'],
  })),
};

const unknown = knownModel((model) => `${model} is not a valid model ID`, { status: 400 });
const overflow = (tokens: number, maximum: number): string =>
  `This endpoint's maximum context length is ${maximum} tokens. However, you requested about ${tokens} tokens.`;

/** OpenRouter with its floating names of Claude's models. */
export const openrouter: Vendor = {
  id: 'openrouter',
  hosts: ['openrouter.ai'],
  key: KEY,
  models,
  admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
  errors: routedError,
  list: (path) => (path === '/api/v1/models' ? list : undefined),
  listIsPublic: true,
  wires: [
    messagesWire({ path: '/api/v1/messages', errors: anthropicError, overflow, rules: [unknown, ...CLAUDE_RULES] }),
    chatWire({
      path: '/api/v1/chat/completions',
      admits: bearer(KEY, WORDS),
      reasoning: 'details',
      overflow,
      rules: [
        unknown,
        limitedBy(['max_tokens', 'max_completion_tokens']),
        chat.roles('system', 'developer', 'user', 'assistant', 'tool'),
        wantsReasoning(details),
        chat.asksForUsage,
      ],
    }),
    responsesWire({
      path: '/api/v1/responses',
      admits: bearer(KEY, WORDS),
      rules: [unknown, limitedBy('max_output_tokens')],
    }),
  ],
};
