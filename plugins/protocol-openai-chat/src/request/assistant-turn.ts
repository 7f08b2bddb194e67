import type { Turn } from '@claudex/sdk/codec';
import type { ChatTextPart } from '../wire.ts';
import { AssistantMessageWriter, type EncodedAssistantTurn } from './assistant-message.ts';
import { noteCitations, noteExtension } from './content.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';
import { openReasoning } from './replay.ts';
import { encodeServerTool } from './server-tools.ts';

/** Turns the assistant's blocks into one message, because servers refuse empty ones and two in a row. */
export function encodeAssistantTurn(turn: Turn, encoding: Encoding): EncodedAssistantTurn {
  const writer = new AssistantMessageWriter(encoding);
  for (const item of turn.items) {
    if (item.kind === 'instruction') continue;
    const { block, path } = item;
    noteExtension(block, path, encoding);
    let marked: ChatTextPart | undefined;
    if (block.type === 'text') {
      noteCitations(block, path, encoding);
      if (block.text !== '') marked = writer.text(text(block.text));
    } else if (block.type === 'tool_use') {
      writer.call(block, path);
    } else if (block.type === 'thinking' || block.type === 'redacted_thinking') {
      for (const piece of openReasoning(block, path, encoding)) writer.reasoning(piece);
    } else if (block.type === 'server_tool_use' || block.type === 'server_tool_result') {
      for (const part of encodeServerTool(block, path, encoding)) marked = writer.text(part);
    } else {
      const feature = block.type === 'opaque' ? 'opaque_block' : block.type;
      encoding.losses.dropped(path, feature, 'The assistant cannot have said this kind of content here.');
    }
    encoding.breakpoints.place(marked, block, path);
  }
  return writer.finish();
}
