import type { ClaudexHook } from '@claudex/sdk';
import { llamacpp } from './llamacpp.ts';
import { lmstudio } from './lmstudio.ts';
import { ollamaCloud } from './ollama-cloud.ts';
import { ollama } from './ollama.ts';
import { vllm } from './vllm.ts';

export { llamacpp, lmstudio, ollama, ollamaCloud, vllm };

/** Answers oclif's hook with the providers of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [ollama, ollamaCloud, lmstudio, llamacpp, vllm];

export default answerProviders;
