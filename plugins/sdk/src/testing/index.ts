export { assembleMessage } from './assemble-message.ts';
export { assistant, call, contextOf, PNG, requestOf, result, system, tool, user } from './builders.ts';
export { randomChunks, singleBytes, splitEverywhere } from './chunks.ts';
export { conformance, type ConformanceOptions } from './conformance/conformance.ts';
export { checkGrammar, isComplete } from './grammar.ts';
export { runMachine } from './run-machine.ts';
export { interleavings, truncations } from './sequences.ts';
export { seededRandom } from './seeded-random.ts';
export { parseSse } from './sse.ts';
