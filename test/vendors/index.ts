import { anthropic } from './anthropic.ts';
import { azure } from './azure.ts';
import { bedrock } from './bedrock.ts';
import { cerebras } from './cerebras.ts';
import { chatgpt } from './chatgpt.ts';
import { cloudflare } from './cloudflare.ts';
import { codex } from './codex.ts';
import { deepseek } from './deepseek.ts';
import { fireworks } from './fireworks.ts';
import { gemini } from './gemini.ts';
import { githubCopilot } from './github-copilot.ts';
import { gitlabDuo } from './gitlab-duo.ts';
import { groq } from './groq.ts';
import { huggingface } from './huggingface.ts';
import { kimiCode } from './kimi-code.ts';
import { llamacpp } from './llamacpp.ts';
import { lmstudio } from './lmstudio.ts';
import { meta } from './meta.ts';
import { mimo } from './mimo.ts';
import { minimax } from './minimax.ts';
import { mistral } from './mistral.ts';
import { moonshot } from './moonshot.ts';
import { nvidia } from './nvidia.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { perplexity } from './perplexity.ts';
import { qwen } from './qwen.ts';
import { siliconflow } from './siliconflow.ts';
import { stepfun } from './stepfun.ts';
import { together } from './together.ts';
import { vercel } from './vercel.ts';
import { vertex } from './vertex.ts';
import { vllm } from './vllm.ts';
import { xai } from './xai.ts';
import { zai } from './zai.ts';
import type { Vendor } from './kit/vendor.ts';

/** Every vendor there is a provider row for. */
export const VENDORS: readonly Vendor[] = [
  anthropic,
  minimax,
  openrouter,
  xai,
  openai,
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
  gemini,
  vertex,
  azure,
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
  ollama,
  lmstudio,
  vllm,
  llamacpp,
  chatgpt,
  codex,
  githubCopilot,
  gitlabDuo,
];
