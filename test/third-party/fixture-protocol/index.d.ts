import type { ClaudexHook, Protocol } from '@claudex/sdk';

/** The made-up dialect of this fixture. */
export declare const toyLines: Protocol;

declare const answerProtocols: ClaudexHook<'claudex:protocols'>;
export default answerProtocols;
