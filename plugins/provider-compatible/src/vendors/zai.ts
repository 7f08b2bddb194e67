import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { ZAI_MODELS } from '../models/zai.ts';

/**
 * Z.ai, which hosts its GLM models, by Anthropic's protocol: the vendor documents it for Claude Code, and on the coding
 * plan it is the way that the terms foresee. Plan and pay-as-you-go share that address; the key tells them apart. Names of
 * models that end with `[1m]` are refused (Z.ai's documentation, November 2026).
 */
export const zai = defineProvider({
  specVersion: 1,
  id: 'zai',
  title: 'Z.ai',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'region of the account',
      choices: { global: 'z.ai', china: 'bigmodel.cn' },
      default: 'global',
    },
    plan: {
      meaning: 'how the account pays',
      choices: { payg: 'pay as you go', coding: 'the GLM Coding Plan' },
      default: 'payg',
    },
  },
  // Responses is documented for the plan only. The plan's models over Chat are refused at `/api/v1`.
  endpoints: [
    {
      when: { region: 'china', plan: 'coding' },
      bases: {
        'anthropic-messages': 'https://open.bigmodel.cn/api/anthropic',
        'openai-chat': 'https://open.bigmodel.cn/api/coding/paas/v4',
        'openai-responses': 'https://open.bigmodel.cn/api/v1',
      },
      modelList: 'https://open.bigmodel.cn/api/v1/models',
      keyVariables: ['ZAI_CODING_CN_API_KEY', 'ZHIPU_API_KEY', 'ZAI_API_KEY'],
      keyPage: 'https://open.bigmodel.cn/usercenter/apikeys',
    },
    {
      when: { region: 'china' },
      bases: {
        'anthropic-messages': 'https://open.bigmodel.cn/api/anthropic',
        'openai-chat': 'https://open.bigmodel.cn/api/paas/v4',
      },
      modelList: 'https://open.bigmodel.cn/api/v1/models',
      keyVariables: ['ZHIPU_API_KEY', 'ZAI_API_KEY'],
      keyPage: 'https://open.bigmodel.cn/usercenter/apikeys',
    },
    {
      when: { plan: 'coding' },
      bases: {
        'anthropic-messages': 'https://api.z.ai/api/anthropic',
        'openai-chat': 'https://api.z.ai/api/coding/paas/v4',
        'openai-responses': 'https://api.z.ai/api/v1',
      },
      modelList: 'https://api.z.ai/api/v1/models',
    },
    {
      bases: {
        'anthropic-messages': 'https://api.z.ai/api/anthropic',
        'openai-chat': 'https://api.z.ai/api/paas/v4',
      },
      modelList: 'https://api.z.ai/api/v1/models',
    },
  ],
  keyVariables: ['ZAI_API_KEY', 'ZHIPU_API_KEY'],
  authenticate: bearer,
  models: { default: 'glm-5.3', haiku: 'glm-5.3-flash', sonnet: 'glm-5.3', opus: 'glm-5.3' },
  knownModels: ZAI_MODELS,
  publicLists: ['zai', 'zai-coding-plan', 'zhipuai'],
  wires: {
    // Those of its own protocol; whether it takes `adaptive` is unverified.
    'anthropic-messages': { quirks: { ...IMITATION, thinkingTypes: ['enabled', 'disabled'] } },
    // Only with `clear_thinking: false` does the model go on from the reasoning it is given back, and only with
    // `tool_stream` do the arguments of calls arrive bit by bit. A choice of tools other than `auto` and a schema for the
    // answer were refused early in 2026; unverified since.
    'openai-chat': {
      quirks: {
        reasoningRequest: 'thinking-switch-and-effort',
        reasoningReplay: 'reasoning_content',
        forcedToolChoice: false,
        toolChoiceNone: false,
        responseFormat: 'json_object',
        whileReasoning: { extraFields: { thinking: { clear_thinking: false } } },
        withTools: { extraFields: { tool_stream: true } },
      },
    },
  },
  keyPage: 'https://z.ai/manage-apikey/apikey-list',
  policy:
    'The Coding Plan is for the tools that Z.ai names, Claude Code among them; it throttles other use and closes accounts for it.',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'Only glm-5.3-flash sees pictures.',
    'Prices are those of pay-as-you-go; a plan is not paid by the token.',
  ],
});
