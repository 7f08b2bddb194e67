import { serverToolText, type Turn } from '@claudex/sdk/codec';
import type { ChatTextPart } from '../wire.ts';
import { AssistantMessageWriter, type EncodedAssistantTurn } from './assistant-message.ts';
import { noteCitations, noteExtension } from './content.ts';
import type { Encoding } from './encoding.ts';
import { openReasoning } from './replay.ts';

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
      if (block.text !== '') marked = writer.text(block.text, path);
    } else if (block.type === 'tool_use') {
      writer.call(block, path);
    } else if (block.type === 'thinking' || block.type === 'redacted_thinking') {
      for (const piece of openReasoning(block, path, encoding)) writer.reasoning(piece);
    } else if (block.type === 'server_tool_use' || block.type === 'server_tool_result') {
      const words = serverToolText(block, path, encoding.losses);
      if (words !== '') marked = writer.text(words, path);
    } else {
      const feature = block.type === 'opaque' ? 'opaque_block' : block.type;
      encoding.losses.dropped(path, feature, 'The assistant cannot have said this kind of content here.');
    }
    encoding.breakpoints.place(marked, block, path);
  }
  return writer.finish();
}
