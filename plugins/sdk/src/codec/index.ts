/*
 * Building blocks for protocol plugins: what OpenAI-like protocols have in common when they write requests and read
 * answers. All of it is pure. A protocol may use these or bring its own; the proxy knows only the contract.
 */

// Requests.
export { LossLog } from './loss-log.ts';
export { noteCacheControl, readConversation, type Conversation, type Turn, type TurnItem } from './conversation.ts';
export { toolNames, type ToolNames } from './tool-names.ts';
export { WireCallIds } from './wire-call-ids.ts';
export { wantedReasoning, chooseEffort, chooseBudget, type WantedReasoning } from './reasoning-effort.ts';

// Answers.
export { ClientCallIds } from './client-call-ids.ts';
export { readFault, readFaultBody } from './read-fault.ts';
export { readErrorBody, type ErrorDetails } from './error-body.ts';
export { findRefusal } from './refusal.ts';

// State of a provider, carried by the client.
export { isSealedState, openState, sealState, stateKey, type OpenedState, type StateKey } from './provider-state.ts';

// Values.
export { countOf, hasEntries, parseJson, textOf } from './values.ts';
export { shortHash } from './hash.ts';

// Tools.
export { adaptSchema, type AdaptedSchema } from './schema/adapt-schema.ts';
export { ToolMarkupReader, type MarkupPiece } from './tool-markup/read-tool-markup.ts';
export {
  searchBlocks,
  searchCitation,
  searchFailure,
  searchOptions,
  searchToolOf,
  type FoundPage,
  type SearchOptions,
  type SearchTool,
} from './search-blocks.ts';
export { searchText } from './search-text.ts';

// Text.
export { ThinkTagSplitter, type ProsePiece, type ThinkTagOptions } from './think-tags.ts';
