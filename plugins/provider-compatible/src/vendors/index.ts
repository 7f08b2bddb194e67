import type { Provider } from '@claudex/sdk';
import { bedrock } from './bedrock.ts';
import { cerebras } from './cerebras.ts';
import { cloudflare } from './cloudflare.ts';
import { deepseek } from './deepseek.ts';
import { fireworks } from './fireworks.ts';
import { groq } from './groq.ts';
import { huggingface } from './huggingface.ts';
import { kimiCode } from './kimi-code.ts';
import { meta } from './meta.ts';
import { mimo } from './mimo.ts';
import { minimax } from './minimax.ts';
import { mistral } from './mistral.ts';
import { moonshot } from './moonshot.ts';
import { nvidia } from './nvidia.ts';
import { openrouter } from './openrouter.ts';
import { perplexity } from './perplexity.ts';
import { qwen } from './qwen.ts';
import { siliconflow } from './siliconflow.ts';
import { stepfun } from './stepfun.ts';
import { together } from './together.ts';
import { vercel } from './vercel.ts';
import { xai } from './xai.ts';
import { zai } from './zai.ts';

/** Every vendor of this plugin. A new one is a file beside this one and a line here. */
export const VENDORS: readonly Provider[] = [
  minimax,
  openrouter,
  xai,
  deepseek,
  moonshot,
  kimiCode,
  zai,
  groq,
  mistral,
  together,
  perplexity,
  cerebras,
  qwen,
  bedrock,
  cloudflare,
  fireworks,
  siliconflow,
  nvidia,
  huggingface,
  vercel,
  mimo,
  stepfun,
  meta,
];
