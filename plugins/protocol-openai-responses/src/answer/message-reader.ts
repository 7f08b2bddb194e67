import type { ResponsesEvent, ResponsesItem, ResponsesPart } from '../wire-answer.ts';
import type { AnswerScope } from './answer-scope.ts';
import { CitationReader, MAX_CITATIONS } from './citations.ts';
import { GrownText } from './grown-text.ts';
import type { ItemReader } from './item-reader.ts';
import { mergedItem } from './merged-item.ts';
import type { Outlet } from './outlet.ts';
import { objects, position, text } from './values.ts';

/** What was received of one part. */
interface PartSoFar {
  readonly text: GrownText;
  readonly cited: CitationReader;
  citations: number;
}

/** Reads a message: one text block for each part that says something, refusals included. */
export class MessageReader implements ItemReader {
  readonly #scope: AnswerScope;
  readonly #outlet: Outlet;
  readonly #parts = new Map<number, PartSoFar>();
  /** The part whose block is open. */
  #open: number | undefined;
  #begun: ResponsesItem = {};
  #spoke = false;
  #phase = '';

  constructor(scope: AnswerScope, outlet: Outlet) {
    this.#scope = scope;
    this.#outlet = outlet;
  }

  get saidNothing(): boolean {
    return !this.#spoke;
  }

  begin(item: ResponsesItem): void {
    this.#begun = item;
    this.#readPhase(item);
  }

  take(event: ResponsesEvent): void {
    const index = position(event.content_index);
    switch (event.type) {
      case 'response.output_text.delta':
        this.#noteLogprobs(event.logprobs);
        this.#add(index, text(event.delta));
        return;
      case 'response.output_text.done':
        this.#complete(index, { text: event.text });
        return;
      case 'response.refusal.delta':
        this.#refuse(index, text(event.delta));
        return;
      case 'response.refusal.done':
        this.#complete(index, { type: 'refusal', refusal: event.refusal });
        return;
      case 'response.output_text.annotation.added':
        this.#cite(index, objects([event.annotation]));
        return;
      case 'response.content_part.done':
        for (const part of objects([event.part])) this.#complete(index, part);
        if (this.#open === index) this.#close();
        return;
      default:
    }
  }

  finish(item: ResponsesItem | undefined): void {
    const final = mergedItem(this.#begun, item);
    this.#readPhase(final);
    for (const [index, part] of partsOf(final).entries()) this.#complete(index, part);
    this.#close();
  }

  compare(item: ResponsesItem): void {
    const parts = partsOf(item);
    const isOther = parts.some((part, index) => this.#part(index).text.restOf(wordsOf(part)) !== '');
    if (isOther) this.#scope.noteRepeat();
  }

  /** Takes from a whole part what did not come before. */
  #complete(index: number, part: ResponsesPart): void {
    const rest = this.#part(index).text.restOf(wordsOf(part));
    if (rest === undefined) this.#scope.noteRepeat();
    else if (part.type === 'refusal') this.#refuse(index, rest);
    else this.#add(index, rest);
    this.#cite(index, objects(part.annotations).slice(this.#part(index).citations));
  }

  #refuse(index: number, refusal: string): void {
    if (refusal !== '') this.#scope.refused = true;
    this.#add(index, refusal);
  }

  /** A block opens with its first text: empty ones are refused when the client sends them back. */
  #add(index: number, addition: string): void {
    if (addition === '') return;
    this.#part(index).text.add(addition);
    if (this.#open !== index) {
      this.#close();
      if (!this.#spoke && this.#phase !== '')
        this.#scope.writeState(this.#outlet, { item: 'phase', phase: this.#phase });
      this.#spoke = true;
      this.#outlet.open({ type: 'text', text: '' });
      this.#open = index;
    }
    this.#outlet.grow({ type: 'text_delta', text: addition });
  }

  #cite(index: number, annotations: { [field: string]: unknown }[]): void {
    if (annotations.length === 0) return;
    const part = this.#part(index);
    const taken = annotations.slice(0, Math.max(0, MAX_CITATIONS - part.citations));
    part.citations += annotations.length;
    if (this.#open !== index) {
      this.#scope.lose('dropped', 'citations', 'A citation came when its text was not open.');
      return;
    }
    for (const annotation of taken)
      this.#outlet.grow({ type: 'citations_delta', citation: part.cited.read(annotation) });
    if (taken.length < annotations.length)
      this.#scope.lose('dropped', 'citations', `A text has more than ${MAX_CITATIONS} citations.`);
  }

  #readPhase(item: ResponsesItem): void {
    const phase = text(item.phase);
    if (this.#spoke && phase !== this.#phase && phase !== '')
      this.#scope.lose('dropped', 'message_phase', 'The phase of a message came after its text.');
    else if (phase !== '') this.#phase = phase;
  }

  #noteLogprobs(logprobs: unknown): void {
    if (Array.isArray(logprobs) && logprobs.length > 0)
      this.#scope.lose('dropped', 'logprobs', 'Probabilities of tokens have no counterpart.');
  }

  #part(index: number): PartSoFar {
    let part = this.#parts.get(index);
    if (part === undefined) {
      const words = new GrownText();
      part = { text: words, cited: new CitationReader(words), citations: 0 };
      this.#parts.set(index, part);
    }
    return part;
  }

  #close(): void {
    if (this.#open !== undefined) this.#outlet.close();
    this.#open = undefined;
  }
}

/** The parts of a message, which some servers write as one string. */
function partsOf(item: ResponsesItem): ResponsesPart[] {
  return typeof item.content === 'string' ? [{ text: item.content }] : objects(item.content);
}

function wordsOf(part: ResponsesPart): string {
  return text(part.type === 'refusal' ? part.refusal : part.text);
}
