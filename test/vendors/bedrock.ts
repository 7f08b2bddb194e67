import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { plainVendor } from './kit/plain-chat.ts';
import { CLAUDE_RULES } from './kit/rules/claude.ts';
import { knownModel } from './kit/rules/common.ts';
import { noServerTools } from './kit/rules/messages-clone.ts';
import type { VendorModel } from './kit/vendor.ts';
import { messagesWire } from './kit/wires.ts';

const KEY = 'bedrock-api-key-0123456789';
const WORDS = {
  missing: 'Missing Authentication Token',
  wrong: 'The security token included in the request is invalid',
};
const LARGE = { window: 1_000_000, output: 128_000 };

const models: readonly VendorModel[] = ['haiku', 'sonnet', 'opus'].map((size) => ({
  id: `anthropic.claude-${size}-5-5`,
  ...LARGE,
}));

/** The newer end point of Amazon Bedrock, with a key. */
export const bedrock = plainVendor({
  id: 'bedrock',
  hosts: ['bedrock-mantle.us-east-1.api.aws'],
  key: KEY,
  models,
  options: { region: 'us-east-1' },
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/anthropic/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      rules: [
        knownModel((model) => `The provided model identifier is invalid: ${model}`, { status: 400 }),
        ...CLAUDE_RULES,
        noServerTools,
      ],
      overflow: () => 'Input is too long for requested model.',
    }),
  ],
});
