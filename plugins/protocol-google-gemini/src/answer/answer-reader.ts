import { isJsonObject, type CanonicalEvent, type CodecContext, type Fault, type JsonObject } from '@claudex/sdk';
import {
  ClientCallIds,
  hasEntries,
  isEmptyInput,
  jsonTextOf,
  textOf,
  toolNames,
  type ToolNames,
} from '@claudex/sdk/codec';
import type { GeminiAnswer, Loose } from '../wire.ts';
import { AnswerWriter } from './answer-writer.ts';
import { EventList } from './event-list.ts';
import { faultOfFinish, stopReason } from './finish.ts';
import { groundingOf, type Grounding } from './grounding.ts';
import { decodeUsage, mergeUsage, type ReportedUsage } from './usage.ts';

/** Shown for a call without a name: the client answers that it has no such tool, and the model tries again. */
const NAMELESS_TOOL = 'unnamed_tool';

/** Fields of parts that tell what the provider's own tools did; the model wants them back as they came. */
const OWN_TOOL_FIELDS = ['toolCall', 'toolResponse', 'executableCode', 'codeExecutionResult'];

/** Reads the pieces of one answer, of which a whole answer is the only one. */
export class AnswerReader {
  readonly #context: CodecContext;
  readonly #events: EventList;
  readonly #writer: AnswerWriter;
  readonly #grounding: Grounding | undefined;
  #names: ToolNames | undefined;
  #ids: ClientCallIds | undefined;
  #model: string | undefined;
  #usage: ReportedUsage = {};
  #calledTools = false;
  /** Why the answer ended, as soon as that is known, and what the provider says about it. */
  #finish: string | undefined;
  #finishDetail: unknown;
  #isBlocked = false;

  constructor(context: CodecContext) {
    this.#context = context;
    this.#events = new EventList(() => this.#start());
    this.#writer = new AnswerWriter(this.#events, context);
    this.#grounding = groundingOf(context);
  }

  /** Whether the provider has said why the answer ended. */
  get isFinished(): boolean {
    return this.#finish !== undefined;
  }

  /** Everything written since the last time. */
  take(): CanonicalEvent[] {
    return this.#events.take();
  }

  /** Reads an answer or a piece of one. */
  read(answer: GeminiAnswer): void {
    this.#model ??= textOf(answer.modelVersion);
    this.#usage = mergeUsage(this.#usage, answer.usageMetadata);
    const { promptFeedback: feedback, candidates } = answer;
    if (isJsonObject(feedback)) this.#readFeedback(feedback);
    if (!Array.isArray(candidates)) return;
    for (const candidate of candidates as unknown[]) {
      if (!isJsonObject(candidate)) continue;
      const { index = 0 } = candidate;
      if (index === 0 || typeof index !== 'number') this.#readCandidate(candidate);
      else this.#events.lose('dropped', 'choices', 'Only the first of several alternative answers is used.');
    }
  }

  /** Ends the answer as the provider said, or with the failure it stands for. */
  end(): void {
    const finish = this.#finish ?? '';
    const isEmpty = this.#events.characters === 0 && !this.#calledTools;
    const summary = { calledTools: this.#calledTools, isEmpty };
    const fault = this.#isBlocked ? undefined : faultOfFinish(finish, this.#finishDetail, summary);
    if (fault !== undefined) {
      this.fail(fault);
      return;
    }
    this.#writer.end();
    for (const block of this.#grounding?.blocks(this.#context.newId) ?? []) this.#writeSearch(block);
    this.#events.write({
      type: 'message_delta',
      stop_reason: this.#isBlocked ? 'refusal' : stopReason(finish, summary),
      stop_sequence: null,
      raw_stop_reason: finish,
      usage: this.#countTokens(this.#events.characters),
    });
    this.#events.write({ type: 'message_stop' });
  }

  /** Ends a failed answer. An open block stays open: the client must not take half of it for the whole. */
  fail(fault: Fault): void {
    this.#events.write({ type: 'error', fault });
  }

  #start(): CanonicalEvent {
    const { newId, model } = this.#context;
    const usage = { ...this.#countTokens(0), output_tokens: 0 };
    return { type: 'message_start', id: newId('msg'), model: this.#model ?? model, usage };
  }

  #countTokens(outputCharacters: number): ReturnType<typeof decodeUsage> {
    return decodeUsage(this.#usage, { inputTokens: this.#context.estimatedInputTokens, outputCharacters });
  }

  /** The provider refuses a prompt by giving no answer at all. */
  #readFeedback({ blockReason }: JsonObject): void {
    const reason = textOf(blockReason);
    if (reason === undefined) return;
    this.#isBlocked = true;
    this.#finish ??= reason;
  }

  #readCandidate({ content, finishReason, finishMessage, groundingMetadata }: Loose): void {
    const parts: unknown = isJsonObject(content) ? content['parts'] : undefined;
    if (Array.isArray(parts)) for (const part of parts as unknown[]) if (isJsonObject(part)) this.#readPart(part);
    if (isJsonObject(groundingMetadata)) this.#readGrounding(groundingMetadata);
    const finish = textOf(finishReason);
    if (finish === undefined) return;
    this.#finish = finish;
    this.#finishDetail = finishMessage;
  }

  #readPart(part: JsonObject): void {
    const signature = textOf(part['thoughtSignature']) ?? textOf(part['thought_signature']);
    const { text, thought, functionCall: call } = part;
    if (isJsonObject(call)) this.#readCall(call, signature);
    else if (typeof text === 'string') {
      if (thought === true) this.#readThought(text, signature);
      else this.#writer.text(text, signature);
    } else if (OWN_TOOL_FIELDS.some((field) => isJsonObject(part[field]))) {
      this.#events.lose('dropped', 'executed_tools', 'Tools the provider ran itself are not shown.');
      this.#writer.raw(part);
    } else if (isJsonObject(part['inlineData']) || isJsonObject(part['fileData']))
      this.#events.lose('dropped', 'images', 'Pictures and other files in an answer cannot be shown.');
    else if (signature !== undefined) this.#writer.text('', signature);
  }

  #readThought(text: string, signature: string | undefined): void {
    if (text !== '' || signature !== undefined) this.#writer.thinking(text, signature);
  }

  #readCall({ id, name, args }: JsonObject, signature: string | undefined): void {
    this.#calledTools = true;
    this.#ids ??= new ClientCallIds(this.#context);
    const input = jsonTextOf(args);
    const wireName = textOf(name);
    if (wireName === undefined) {
      this.#events.lose('adjusted', 'tool_name', 'The provider sent a tool call without a name.');
    }
    this.#writer.call(
      {
        type: 'tool_use',
        // Most answers have no ids, and the client needs some.
        id: this.#ids.issue(textOf(id) ?? this.#context.newId('toolu')),
        name: wireName === undefined ? NAMELESS_TOOL : this.#clientName(wireName),
        input: {},
      },
      isEmptyInput(input) || input === '{}' ? '' : input,
      signature,
    );
  }

  #clientName(wireName: string): string {
    this.#names ??= toolNames(this.#context.request, this.#context.quirks.toolNameMaxLength);
    return this.#names.toClient(wireName);
  }

  #readGrounding(metadata: JsonObject): void {
    if (this.#grounding !== undefined)
      for (const citation of this.#grounding.read(metadata)) this.#writer.citation(citation);
    else if (hasEntries(metadata['groundingChunks']))
      this.#events.lose('dropped', 'citations', 'Search results beside the answer are not shown.');
  }

  #writeSearch(block: ReturnType<Grounding['blocks']>[number]): void {
    this.#events.open(block.type === 'server_tool_use' ? { ...block, input: {} } : block);
    if (block.type === 'server_tool_use' && Object.keys(block.input).length > 0)
      this.#events.grow({ type: 'input_json_delta', partial_json: JSON.stringify(block.input) });
    this.#events.close();
  }
}
