import type { ClaudexHook } from '@claudex/sdk';
import { chatgpt } from './chatgpt.ts';
import { codex } from './codex.ts';

export { chatgpt, codex };

/** Answers oclif's hook with the providers of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [chatgpt, codex];

export default answerProviders;
