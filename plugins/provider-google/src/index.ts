import type { ClaudexHook } from '@claudex/sdk';
import { gemini } from './gemini.ts';
import { vertex } from './vertex.ts';

export { gemini, vertex };

/** Answers oclif's hook with the providers of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [gemini, vertex];

export default answerProviders;
