import type { SseEvent } from '@claudex/sdk';
import type { Sink } from './translate-stream.ts';

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

/**
 * The floor of a stream's translation: parse every event, and write the one delta it carries by template. It keeps no
 * state, checks nothing and knows no provider's ways.
 */
export function templateStream(reads: readonly (readonly SseEvent[])[], sink: Sink): void {
  for (const events of reads) {
    let text = '';
    for (const { data } of events) {
      if (data !== '[DONE]') text += deltaText(JSON.parse(data) as Chunk);
    }
    sink(text);
  }
}

function deltaText({ choices }: Chunk): string {
  const delta = choices?.[0]?.delta;
  if (!delta) return '';
  if (delta.content) return eventText(`{"type":"text_delta","text":${JSON.stringify(delta.content)}}`);
  const thinking = delta.reasoning_content ?? delta.reasoning;
  if (thinking) return eventText(`{"type":"thinking_delta","thinking":${JSON.stringify(thinking)}}`);
  const json = delta.tool_calls?.[0]?.function?.arguments;
  return json ? eventText(`{"type":"input_json_delta","partial_json":${JSON.stringify(json)}}`) : '';
}

function eventText(delta: string): string {
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":${delta}}\n\n`;
}
