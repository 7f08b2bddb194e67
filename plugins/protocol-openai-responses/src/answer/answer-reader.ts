import { isJsonObject, type CodecContext } from '@claudex/sdk';
import { textOf } from '@claudex/sdk/codec';
import type { ResponsesAnswer, ResponsesEvent } from '../wire-answer.ts';
import { AnswerScope } from './answer-scope.ts';
import { AnswerWriter } from './answer-writer.ts';
import { endingOf } from './ending.ts';
import { ITEM_EVENTS, ITEM_OF_PART, showsProgress, type ItemEvent } from './event-types.ts';
import { OutputItems } from './output-items.ts';

/** Reads one answer, event by event or whole, and writes it as canonical events. */
export class AnswerReader {
  readonly writer: AnswerWriter;
  readonly #context: CodecContext;
  readonly #scope: AnswerScope;
  readonly #items: OutputItems;
  /** Most events are of the type of the one before, and comparing a new string is cheaper than looking it up. */
  #latest: ItemEvent | undefined;

  constructor(context: CodecContext) {
    this.#context = context;
    this.writer = new AnswerWriter(() => ({
      id: context.newId('msg'),
      model: context.model,
      inputTokens: context.estimatedInputTokens,
    }));
    this.#scope = new AnswerScope(context, this.writer);
    this.#items = new OutputItems(this.writer, this.#scope);
  }

  /** An event between the beginning and the end. Events nobody knows are ignored. */
  take(type: string, event: ResponsesEvent): void {
    const known = type === this.#latest?.type ? this.#latest : ITEM_EVENTS.get(type);
    if (known !== undefined) this.#takeOfItem(known, event);
    else if (type === 'response.output_item.added') this.#items.begin(event);
    else if (type === 'response.output_item.done') this.#items.finish(event);
    else if (type === 'response.content_part.done') this.#takePart(event);
    else if (type === 'response.image_generation_call.partial_image')
      this.#scope.lose('dropped', 'partial_image', 'A preview of the picture that follows is not shown.');
    else if (isJsonObject(event.response)) this.writer.start(textOf(event.response['model']));
    if (this.writer.isSilent && showsProgress(type)) this.writer.ping();
  }

  /** The answer is complete, with all the provider says of it. */
  finish(answer: ResponsesAnswer): void {
    this.writer.start(textOf(answer.model));
    this.#items.complete(answer.output);
    const { estimatedInputTokens: inputTokens } = this.#context;
    this.writer.finish(endingOf(answer, this.#scope, { inputTokens, outputCharacters: this.writer.characters }));
  }

  #takeOfItem(known: ItemEvent, event: ResponsesEvent): void {
    this.#latest = known;
    this.#items.take(known.itemType, event);
  }

  #takePart(event: ResponsesEvent): void {
    const itemType = isJsonObject(event.part) ? ITEM_OF_PART.get(event.part['type']) : undefined;
    if (itemType !== undefined) this.#items.take(itemType, event);
  }
}
