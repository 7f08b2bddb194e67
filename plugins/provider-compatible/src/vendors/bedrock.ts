import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { BEDROCK_MODELS } from '../models/bedrock.ts';

/**
 * Amazon Bedrock by its `bedrock-mantle` endpoint, which takes a Bedrock API key and speaks the vendors' own protocols:
 * Claude by Messages, all others by Chat or Responses (AWS' user guide, autumn 2026). Its names of models have neither the
 * prefix of an inference profile (`global.`, `us.`) nor a version behind them (Claude Code 2.1.330, November 2026). Claude
 * there is Anthropic's own: reasoning comes back as it was signed.
 */
export const bedrock = defineProvider({
  specVersion: 1,
  id: 'bedrock',
  title: 'Amazon Bedrock',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'AWS region, such as us-east-1',
      default: 'us-east-1',
      variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    },
  },
  endpoints: [
    {
      bases: {
        'anthropic-messages': 'https://bedrock-mantle.{region}.api.aws/anthropic',
        'openai-chat': 'https://bedrock-mantle.{region}.api.aws/v1',
        'openai-responses': 'https://bedrock-mantle.{region}.api.aws/v1',
      },
      modelList: 'https://bedrock-mantle.{region}.api.aws/v1/models',
    },
  ],
  keyVariables: ['AWS_BEARER_TOKEN_BEDROCK'],
  authenticate: bearer,
  models: {
    default: 'anthropic.claude-sonnet-5-5',
    haiku: 'anthropic.claude-haiku-5-5',
    sonnet: 'anthropic.claude-sonnet-5-5',
    opus: 'anthropic.claude-opus-5-5',
    fable: 'anthropic.claude-fable-5-2',
  },
  knownModels: BEDROCK_MODELS,
  publicLists: ['amazon-bedrock'],
  wires: {
    'anthropic-messages': { quirks: { signedThinking: true, serverTools: false } },
    // Bedrock refuses calls in a conversation that offers no tools (LiteLLM adds one for it, November 2026); whether this
    // endpoint does is unverified.
    'openai-chat': {
      quirks: { maxOutputTokensField: 'max_completion_tokens', schemaDialect: 'plain-root', placeholderTool: true },
    },
    // Stored reasoning is not asked for, so nothing of it stays with the vendor.
    'openai-responses': { quirks: { schemaDialect: 'plain-root' } },
  },
  keyPage: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  knownGaps: [
    'Access keys of AWS (SigV4) are not spoken: make a Bedrock API key.',
    'InvokeModel and Converse of bedrock-runtime are not spoken: ids with the prefix of an inference profile, such as global. or us., belong there.',
    'Which models a region has differs: "claudex models" shows what the account sees.',
  ],
});
