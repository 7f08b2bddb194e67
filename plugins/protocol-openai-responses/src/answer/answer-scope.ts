import type { CodecContext, JsonObject, LossKind } from '@claudex/sdk';
import { ClientCallIds, sealState, stateKey, toolNames, type StateKey, type ToolNames } from '@claudex/sdk/codec';
import type { AnswerWriter } from './answer-writer.ts';
import type { Outlet } from './outlet.ts';

/** Id of this protocol, under which its state is sealed. */
export const PROTOCOL_ID = 'openai-responses';

/** Shown for a call without a name: the client answers that it has no such tool, and the model tries again. */
export const NAMELESS_TOOL = 'unnamed_tool';

/** What all items of one answer share: ids, names, sealing, losses, and what the answer turned out to be. */
export class AnswerScope {
  readonly #context: CodecContext;
  readonly #writer: AnswerWriter;
  readonly #key: StateKey | undefined;
  readonly #serverIds = new Map<string, string>();
  #ids: ClientCallIds | undefined;
  #names: ToolNames | undefined;
  /** Whether the client has been given a call to run. */
  calledTools = false;
  /** The last search for tools that the provider ran: its output may not say whose it is. */
  lastSearch = '';
  /** Whether the model refused in so many words. */
  refused = false;

  constructor(context: CodecContext, writer: AnswerWriter) {
    this.#context = context;
    this.#writer = writer;
    this.#key = stateKey(PROTOCOL_ID, context);
  }

  /** Id under which the client sees a call of its tools. */
  callId(wireId: string): string {
    return this.#issue(wireId);
  }

  /** Id under which the client sees a tool that the provider ran: `srvtoolu_claudex_…`, so that Anthropic, should the session go on there, is not sent it as its own. */
  serverId(wireId: string): string {
    if (wireId === '') return this.#context.newId('srvtoolu_claudex');
    // Anthropic takes no hyphens here.
    const id = this.#issue(`srvtoolu_claudex_${wireId.replaceAll(/[^a-zA-Z0-9_]/g, '_')}`);
    this.#serverIds.set(wireId, id);
    return id;
  }

  /** The same id for the result of that tool, also where an earlier answer had the call. */
  serverIdOfResult(wireId: string): string {
    return this.#serverIds.get(wireId) ?? this.serverId(wireId);
  }

  /** The client's own name for a tool. */
  toolName(wireName: string): string {
    if (wireName === '') {
      this.lose('adjusted', 'tool_name', 'The provider sent a tool call without a name.');
      return NAMELESS_TOOL;
    }
    this.#names ??= toolNames(this.#context.request, this.#context.quirks.toolNameMaxLength);
    return this.#names.toClient(wireName);
  }

  /** The signature that carries the state of reasoning, `''` where none may be kept. */
  sealReasoning(state: JsonObject): string {
    if (this.#key !== undefined) return sealState(this.#key, state);
    this.lose('dropped', 'reasoning_state', 'State of reasoning is kept only for a provider that is known.');
    return '';
  }

  /** Writes state of something that has no signature as an empty thinking block. */
  writeState(outlet: Outlet, state: JsonObject): void {
    if (this.#key === undefined) {
      this.lose('dropped', 'provider_state', 'State of an item is kept only for a provider that is known.');
      return;
    }
    outlet.open({ type: 'thinking', thinking: '', signature: '' });
    outlet.grow({ type: 'signature_delta', signature: sealState(this.#key, state) });
    outlet.close();
  }

  /** The provider repeats a text and says something else in it, or more where nothing can be added any more. */
  noteRepeat(): void {
    this.lose('adjusted', 'repeated_text', 'The provider repeated a text differently, and what came first is kept.');
  }

  lose(kind: LossKind, feature: string, reason: string): void {
    this.#writer.lose(kind, feature, reason);
  }

  #issue(id: string): string {
    this.#ids ??= new ClientCallIds(this.#context);
    return this.#ids.issue(id);
  }
}
