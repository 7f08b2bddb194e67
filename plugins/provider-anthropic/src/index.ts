import type { ClaudexHook } from '@claudex/sdk';

/** Answers oclif's hook with the providers of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [];

export default answerProviders;
