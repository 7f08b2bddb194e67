import { isJsonObject, type CodecContext, type MessageDelta } from '@claudex/sdk';
import { textOf, toolNames, type ToolNames } from '@claudex/sdk/codec';
import type { ChatAnswer, ChatChoice, ChatCompletion, ChatReasoningDetail, ChatUsage } from '../wire.ts';
import { AnswerWriter } from './answer-writer.ts';
import { readContent } from './content.ts';
import { DetailSnapshots } from './detail-snapshots.ts';
import { ExtrasWatch, mayHaveExtras } from './extras.ts';
import { foundPages, isPage, type FoundPages } from './found-pages.ts';
import { proseFilter, type FilteredPiece, type ProseFilter } from './prose-filter.ts';
import { detailText, isSecretDetail } from './reasoning-details.ts';
import type { ReasoningField } from './reasoning-state.ts';
import { readPlainReasoning } from './reasoning.ts';
import { finishing } from './stop-reason.ts';
import { newsOf } from './summary.ts';
import { ToolCallSorter, type ToolCall } from './tool-calls.ts';
import { decodeUsage } from './usage.ts';

/** Reads the messages or deltas of one answer and writes what they say. */
export class AnswerReader {
  readonly writer: AnswerWriter;
  readonly extras: ExtrasWatch;
  readonly #context: CodecContext;
  readonly #sorter: ToolCallSorter;
  readonly #filter: ProseFilter | undefined;
  readonly #pages: FoundPages | undefined;
  readonly #snapshots: DetailSnapshots | undefined;
  #names: ToolNames | undefined;
  #refused = false;
  #text = '';
  /** UTF-16 units of reasoning. */
  #reasoned = 0;
  #outputCharacters = 0;

  constructor(context: CodecContext) {
    const names = (): ToolNames => (this.#names ??= toolNames(context.request, context.quirks.toolNameMaxLength));
    this.writer = new AnswerWriter(context, names);
    this.extras = new ExtrasWatch((loss) => this.writer.blocks.write({ type: 'loss', loss }));
    this.#context = context;
    this.#sorter = new ToolCallSorter(names);
    this.#filter = proseFilter(context, names);
    this.#pages = foundPages(context);
    this.#snapshots = context.quirks.reasoningDetails === 'snapshots' ? new DetailSnapshots() : undefined;
  }

  /** Whether something was said and every call could be handed to its tool. */
  get isWhole(): boolean {
    return (this.#outputCharacters > 0 || this.hasCalls) && this.#sorter.areComplete();
  }

  /** Whether the answer calls tools. */
  get hasCalls(): boolean {
    return this.#sorter.calls.length > 0;
  }

  /** Reads a message or, of a stream, what is added to it. In a `whole` message every call is one of its own. */
  answer(answer: ChatAnswer, whole = false): void {
    this.#reasoning(answer);
    const { content, refusal } = answer;
    if (typeof content === 'string') {
      if (content !== '') this.text(content);
    } else if (Array.isArray(content)) readContent(content, this);
    if (typeof refusal === 'string' && refusal !== '') this.#refusal(refusal);
    if (Array.isArray(answer.tool_calls)) {
      for (const piece of answer.tool_calls) {
        if (isJsonObject(piece)) this.#tool(whole ? this.#sorter.takeWhole(piece) : this.#sorter.take(piece));
      }
    }
    if (isJsonObject(answer.function_call)) this.#tool(this.#sorter.takeLegacy(answer.function_call));
    if (mayHaveExtras(answer)) this.#annotations(answer);
  }

  /** Reads a whole message of a stream: the answer itself where nothing was said yet, else a summary of it. */
  message(message: ChatAnswer): void {
    if (this.#outputCharacters === 0 && !this.hasCalls) this.answer(message, true);
    else {
      const said = { text: this.#text, reasoning: this.#reasoned, refused: this.#refused, calls: this.#sorter.calls };
      const { answer, differs } = newsOf(message, said);
      if (differs) this.extras.lost('summary');
      this.answer(answer, true);
    }
  }

  /** Reads the search results that stand beside the choices. */
  searches({ citations, search_results: results }: ChatCompletion): void {
    // The results come first because they have titles.
    for (const list of [results, citations]) {
      if (!Array.isArray(list) || list.length === 0) continue;
      if (this.#pages === undefined) this.extras.lost('citations');
      else for (const entry of list as unknown[]) this.#cite(this.#pages, entry);
    }
  }

  /** The answer's text. */
  text(text: string): void {
    this.#text += text;
    this.#outputCharacters += text.length;
    if (this.#filter === undefined) this.writer.text(text);
    else this.#pieces(this.#filter.push(text));
  }

  /** The answer's reasoning, and where it stood. */
  thinking(text: string, field: ReasoningField): void {
    this.#reasoned += text.length;
    this.#outputCharacters += text.length;
    if (this.#filter !== undefined) this.#pieces(this.#filter.interrupt());
    this.writer.thinking(text, field);
  }

  /** Reasoning that cannot be read. */
  unknownReasoning(): void {
    this.extras.lost('reasoning');
  }

  /** The text has ended: writes what was held back of it. */
  endText(): void {
    if (this.#filter !== undefined) this.#pieces(this.#filter.end());
  }

  /** Ends the answer as this choice says. */
  end(choice: ChatChoice, usage: ChatUsage | undefined): void {
    this.endText();
    const { newId, request, estimatedInputTokens: inputTokens } = this.#context;
    const summary = { calledTools: this.hasCalls, refused: this.#refused };
    const ending: MessageDelta = {
      type: 'message_delta',
      ...finishing(choice, summary, request.stop_sequences),
      usage: decodeUsage(usage, { inputTokens, outputCharacters: this.#outputCharacters }),
    };
    const { blocks } = this.writer;
    this.writer.end();
    for (const block of this.#pages?.blocks(newId) ?? []) {
      blocks.open(block);
      blocks.close();
    }
    blocks.write(ending);
    blocks.write({ type: 'message_stop' });
  }

  #reasoning(answer: ChatAnswer): void {
    const details = answer.reasoning_details;
    const hasDetails = Array.isArray(details) && details.length > 0;
    if (hasDetails) this.#details(details, answer);
    else readPlainReasoning(answer, this);
    if (answer.reasoning_opaque === undefined) return;
    const opaque = textOf(answer.reasoning_opaque);
    if (opaque === undefined) return;
    if (this.writer.keepsState) this.writer.state().addOpaque(opaque);
    else this.extras.lost('reasoning_state');
  }

  /** Details come first: they say which text a signature belongs to, and other fields only repeat them. */
  #details(all: readonly (ChatReasoningDetail | null)[], answer: ChatAnswer): void {
    const details = this.#snapshots?.news(all) ?? all;
    let text = '';
    let isSecret = false;
    for (const detail of details) {
      text += detailText(detail);
      isSecret ||= isSecretDetail(detail);
    }
    if (text !== '') this.thinking(text, 'reasoning_details');
    else readPlainReasoning(answer, this);
    if (!this.writer.keepsState) {
      if (isSecret) this.extras.lost('reasoning_state');
    } else if (text !== '' || isSecret) this.writer.state().addDetails(details);
  }

  #refusal(text: string): void {
    this.endText();
    this.#refused = true;
    this.#outputCharacters += text.length;
    this.writer.text(text);
  }

  #tool(call: ToolCall): void {
    this.endText();
    this.#outputCharacters += call.latest.length;
    if (call.extra !== undefined && !this.writer.keepsState) this.extras.lost('reasoning_state');
    this.writer.tool(call);
  }

  #pieces(pieces: readonly FilteredPiece[]): void {
    for (const piece of pieces) {
      if (piece.kind === 'text') this.writer.text(piece.text);
      else if (piece.kind === 'thinking') this.writer.thinking(piece.text, 'tags');
      else {
        this.extras.recovered();
        this.writer.tool(this.#sorter.takeWhole({ function: { name: piece.name, arguments: piece.arguments } }));
      }
    }
  }

  #annotations(answer: ChatAnswer): void {
    this.extras.answer(answer);
    if (!Array.isArray(answer.annotations)) return;
    for (const annotation of answer.annotations as unknown[]) {
      if (this.#pages !== undefined && isPage(annotation)) this.#cite(this.#pages, annotation);
      else this.extras.lost('annotations');
    }
  }

  #cite(pages: FoundPages, entry: unknown): void {
    const citation = pages.add(entry);
    if (citation !== undefined) this.writer.citation(citation);
  }
}
