/*
 * Building blocks for protocol plugins: what OpenAI-like protocols have in common when they write requests and read
 * answers. All of it is pure. A protocol may use these or bring its own. The proxy takes a few of them for what it does
 * between protocols: events of whole answers, searches, the choice of a stream.
 */

// Requests.
export { LossLog } from './loss-log.ts';
export {
  readConversation,
  type Conversation,
  type Instruction,
  type Turn,
  type TurnItem,
} from './request/conversation.ts';
export { matchResults, noteBlockOrder, orphanNote, type FoundResult } from './request/match-results.ts';
export { offeredTools } from './request/offered-tools.ts';
export { toolSchema } from './request/tool-schema.ts';
export { imageAddress } from './request/image-address.ts';
export { documentFileName, documentHeading, documentName } from './request/documents.ts';
export { opaqueText } from './request/opaque-text.ts';
export { unreadFields } from './request/unread-fields.ts';
export { NOTES, foundToolNote, movedMediaNotes, reminder } from './request/notes.ts';
export { mendCharacters, mendedJson } from './request/mend-characters.ts';
export { WireCallIds } from './request/wire-call-ids.ts';
export {
  chooseBudget,
  chooseEffort,
  effortPath,
  wantedReasoning,
  type WantedReasoning,
} from './request/reasoning-effort.ts';
export { asksForStream } from './request/asks-for-stream.ts';
export { mergeTables, quirksInForce } from './request/quirks-in-force.ts';
export { withFieldQuirks } from './request/field-quirks.ts';
export { PLACEHOLDER_TOOL } from './request/placeholder-tool.ts';
export { toolNames, type ToolNames } from './tool-names.ts';

// Answers.
export { ClientCallIds } from './answer/client-call-ids.ts';
export { isEmptyInput, mayBeEmptyInput } from './answer/empty-input.ts';
export { faultOfList } from './answer/fault-of-list.ts';
export { eventsOfBlock, eventsOfResponse } from './answer/events-of-response.ts';
export { responseFromEvents } from './answer/response-from-events.ts';
export { readFault, readFaultBody } from './faults/read-fault.ts';
export { readErrorBody, type ErrorDetails } from './faults/error-body.ts';
export { readOverflow, type OverflowFault } from './faults/overflow.ts';
export { ESSENTIAL_FIELDS, findRefusal } from './faults/refusal.ts';

// State of a provider, carried by the client.
export { isSealedState, openState, sealState, stateKey, type OpenedState, type StateKey } from './provider-state.ts';

// Values.
export { countOf, hasEntries, jsonTextOf, parseJson, textOf } from './values.ts';
export { isNestedTooDeep } from './nesting.ts';
export { shortHash } from './hash.ts';

// Tools.
export { adaptSchema, type AdaptedSchema } from './schema/adapt-schema.ts';
export { enumsForConsts } from './schema/enums-for-consts.ts';
export { ToolMarkupReader, type MarkupPiece } from './tool-markup/read-tool-markup.ts';

// Searches and other tools that a provider runs itself.
export {
  searchBlocks,
  searchCitation,
  searchFailure,
  searchOptions,
  searchToolOf,
  type FoundPage,
  type SearchOptions,
  type SearchTool,
} from './search/search-blocks.ts';
export { searchText } from './search/search-text.ts';
export { serverToolText } from './search/server-tool-text.ts';

// Text.
export { ThinkTagSplitter, type ProsePiece, type ThinkTagOptions } from './answer/think-tags.ts';
