import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { QWEN_MODELS } from '../models/qwen.ts';
import { qwenEndpoint } from '../qwen-endpoint.ts';

const CODING_KEYS = ['ALIBABA_CODING_PLAN_API_KEY'];
const TOKEN_KEYS = ['ALIBABA_TOKEN_PLAN_API_KEY', 'QWEN_TOKEN_PLAN_API_KEY'];
const CHINA_PAGE = 'https://bailian.console.aliyun.com/';

/**
 * Qwen on Alibaba's Model Studio, by Anthropic's protocol, which the vendor documents for Claude Code on all three plans.
 * A plan's key does not work on the host of pay-as-you-go, nor the other way round (Alibaba's documentation, autumn 2026).
 */
export const qwen = defineProvider({
  specVersion: 1,
  id: 'qwen',
  title: 'Qwen (Alibaba Model Studio)',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'region of the account',
      choices: { international: 'Singapore', us: 'United States, pay as you go only', china: 'Beijing' },
      default: 'international',
    },
    plan: {
      meaning: 'how the account pays',
      choices: { payg: 'pay as you go', coding: 'the Coding Plan', token: 'the Token Plan' },
      default: 'payg',
    },
  },
  endpoints: [
    {
      when: { plan: 'coding', region: 'china' },
      ...qwenEndpoint('https://coding.dashscope.aliyuncs.com', 'coding'),
      keyVariables: CODING_KEYS,
      keyPage: CHINA_PAGE,
    },
    {
      when: { plan: 'coding' },
      ...qwenEndpoint('https://coding-intl.dashscope.aliyuncs.com', 'coding'),
      keyVariables: CODING_KEYS,
    },
    {
      when: { plan: 'token', region: 'china' },
      ...qwenEndpoint('https://token-plan.cn-beijing.maas.aliyuncs.com'),
      keyVariables: TOKEN_KEYS,
      keyPage: CHINA_PAGE,
    },
    {
      when: { plan: 'token' },
      ...qwenEndpoint('https://token-plan.ap-southeast-1.maas.aliyuncs.com'),
      keyVariables: TOKEN_KEYS,
    },
    { when: { region: 'china' }, ...qwenEndpoint('https://dashscope.aliyuncs.com'), keyPage: CHINA_PAGE },
    { when: { region: 'us' }, ...qwenEndpoint('https://dashscope-us.aliyuncs.com') },
    qwenEndpoint('https://dashscope-intl.aliyuncs.com'),
  ],
  keyVariables: ['DASHSCOPE_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'qwen3.7-plus',
    haiku: 'qwen3.8-flash',
    sonnet: 'qwen3.7-plus',
    opus: 'qwen3.8-max',
  },
  knownModels: QWEN_MODELS,
  publicLists: ['alibaba', 'alibaba-cn'],
  wires: {
    // The vendor documents thinking with a budget; whether it takes `adaptive` is unverified.
    'anthropic-messages': { quirks: { ...IMITATION, thinkingTypes: ['enabled', 'disabled'] } },
    // Breakpoints of the cache count only with this header (Qwen Code's wire code, September 2026). The Token Plan refuses a
    // schema for the answer. A forced choice of tools is refused while the model reasons; unverified.
    'openai-chat': {
      headers: { 'x-dashscope-cachecontrol': 'enable' },
      quirks: {
        reasoningRequest: 'enable-thinking',
        cacheControl: true,
        responseFormat: 'json_object',
        whileReasoning: { forcedToolChoice: false },
      },
    },
  },
  keyPage: 'https://modelstudio.console.alibabacloud.com/',
  policy: 'The Coding Plan and the Token Plan are for interactive coding tools only.',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'Over the native protocol the cache without breakpoints has been reported not to work (qwen-code issue 2823).',
    'Prices are those of pay-as-you-go; a plan is not paid by the token.',
  ],
});
