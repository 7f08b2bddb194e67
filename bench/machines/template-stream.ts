import type { SseEvent } from '@claudex/sdk';
import type { Sink } from './translate-stream.ts';

/** Writes the client's delta for one parsed event of a protocol, `''` where it carries none. */
export type DeltaWriter = (event: unknown) => string;

/** The part of a chunk that has to be looked at to write the client's delta. */
interface Chunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly reasoning_content?: string | null;
      readonly reasoning?: string | null;
      readonly tool_calls?: readonly { readonly function?: { readonly arguments?: string } }[];
    };
  }[];
}

/** The same of an event of Responses. */
interface TypedEvent {
  readonly type?: string;
  readonly delta?: string;
}

/**
 * The floor of a stream's translation: parse every event, and write the one delta it carries by template. It keeps no
 * state, checks nothing and knows no provider's ways.
 */
export function templateStream(write: DeltaWriter, reads: readonly (readonly SseEvent[])[], sink: Sink): void {
  for (const events of reads) {
    let text = '';
    for (const { data } of events) {
      if (data !== '[DONE]') text += write(JSON.parse(data));
    }
    sink(text);
  }
}

/** Writes the delta of a Chat Completions chunk. */
export function chatDelta(event: unknown): string {
  const delta = (event as Chunk).choices?.[0]?.delta;
  if (!delta) return '';
  if (delta.content) return textDelta(delta.content);
  const thinking = delta.reasoning_content ?? delta.reasoning;
  if (thinking) return thinkingDelta(thinking);
  const json = delta.tool_calls?.[0]?.function?.arguments;
  return json ? jsonDelta(json) : '';
}

/** Writes the delta of an event of Responses. */
export function responsesDelta(event: unknown): string {
  const { type, delta = '' } = event as TypedEvent;
  switch (type) {
    case 'response.output_text.delta':
      return textDelta(delta);
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_text.delta':
      return thinkingDelta(delta);
    case 'response.function_call_arguments.delta':
      return jsonDelta(delta);
    default:
      return '';
  }
}

function textDelta(text: string): string {
  return eventText(`{"type":"text_delta","text":${JSON.stringify(text)}}`);
}

function thinkingDelta(thinking: string): string {
  return eventText(`{"type":"thinking_delta","thinking":${JSON.stringify(thinking)}}`);
}

function jsonDelta(json: string): string {
  return eventText(`{"type":"input_json_delta","partial_json":${JSON.stringify(json)}}`);
}

function eventText(delta: string): string {
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":${delta}}\n\n`;
}
