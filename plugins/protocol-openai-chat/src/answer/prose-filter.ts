import type { CanonicalRequest, CodecContext, JsonObject } from '@claudex/sdk';
import {
  ThinkTagSplitter,
  ToolMarkupReader,
  offeredTools,
  wantedReasoning,
  type MarkupPiece,
  type ProsePiece,
  type ToolNames,
} from '@claudex/sdk/codec';

/** What text turned out to be: prose, reasoning, or a call that was printed. */
export type FilteredPiece = { readonly kind: 'thinking'; readonly text: string } | MarkupPiece;

/** Finds reasoning between think tags and printed tool calls in an answer's text, each where its quirk is on. */
export class ProseFilter {
  readonly #newReader: () => ToolMarkupReader;
  #splitter: ThinkTagSplitter | undefined;
  #reader: ToolMarkupReader | undefined;

  constructor({ request, quirks }: CodecContext, names: () => ToolNames) {
    // Tools of earlier turns do not count: only what is offered now can be called.
    let schemas: ReadonlyMap<string, JsonObject> | undefined;
    const offered = (): ReadonlyMap<string, JsonObject> => (schemas ??= schemasByWireName(request, names()));
    this.#newReader = () =>
      new ToolMarkupReader(
        (name) => offered().has(name),
        (name) => offered().get(name),
      );
    if ((quirks.thinkTags ?? false) !== false) {
      const openingOmitted = quirks.thinkTags === 'opening-omitted' && wantedReasoning(request)?.off !== true;
      this.#splitter = new ThinkTagSplitter({ openingOmitted });
    }
    if (quirks.toolCallMarkup === true) this.#reader = this.#newReader();
  }

  /** Takes the next text and returns what is certain by now. */
  push(text: string): FilteredPiece[] {
    return this.#read(this.#splitter === undefined ? [{ kind: 'text', text }] : this.#splitter.push(text));
  }

  /** Something else than text follows: returns what was held back, so that all stays in order. */
  interrupt(): FilteredPiece[] {
    if (this.#reader === undefined) return [];
    const held = this.#reader.end();
    this.#reader = this.#newReader();
    return held;
  }

  /** The text has ended, and with it the place where think tags can stand: returns everything that was held back. */
  end(): FilteredPiece[] {
    const pieces = this.#read(this.#splitter?.end() ?? []);
    this.#splitter = undefined;
    return [...pieces, ...this.interrupt()];
  }

  #read(pieces: readonly ProsePiece[]): FilteredPiece[] {
    const found: FilteredPiece[] = [];
    for (const { kind, text } of pieces) {
      if (kind === 'text' && this.#reader !== undefined) found.push(...this.#reader.push(text));
      else found.push({ kind, text });
    }
    return found;
  }
}

/** The filter of this exchange; `undefined` where no quirk asks for one. */
export function proseFilter(context: CodecContext, names: () => ToolNames): ProseFilter | undefined {
  const { thinkTags, toolCallMarkup } = context.quirks;
  return (thinkTags ?? false) !== false || toolCallMarkup === true ? new ProseFilter(context, names) : undefined;
}

function schemasByWireName(request: CanonicalRequest, names: ToolNames): Map<string, JsonObject> {
  const schemas = new Map<string, JsonObject>();
  for (const { tool } of offeredTools(request))
    if (tool.kind === 'client') schemas.set(names.toWire(tool.name), tool.input_schema);
  return schemas;
}
