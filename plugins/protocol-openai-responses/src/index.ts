import type { ClaudexHook } from '@claudex/sdk';

/** Answers oclif's hook. */
const answerProtocols: ClaudexHook<'claudex:protocols'> = () => [];

export default answerProtocols;
