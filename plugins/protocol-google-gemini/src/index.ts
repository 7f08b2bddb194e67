import type { ClaudexHook } from '@claudex/sdk';

/** Answers oclif's hook with the one protocol of this plugin. */
const answerProtocols: ClaudexHook<'claudex:protocols'> = () => [];

export default answerProtocols;
