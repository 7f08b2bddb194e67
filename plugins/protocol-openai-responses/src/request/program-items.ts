import type { ServerToolResultBlock, ServerToolUseBlock } from '@claudex/sdk';
import type { ResponsesProgram, ResponsesProgramOutput } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/**
 * The item that a program, or what came of it, was; `undefined` for anything else. A provider refuses the calls of a program
 * it is not shown, so a program goes back as it was, but only to the provider that sealed its state.
 */
export function programItem(
  block: ServerToolUseBlock | ServerToolResultBlock,
  encoding: Encoding,
): ResponsesProgram | ResponsesProgramOutput | undefined {
  const program = encoding.programs.get(block.type === 'server_tool_use' ? block.id : block.tool_use_id);
  if (program === undefined) return undefined;
  const { callId, fingerprint } = program;
  if (block.type === 'server_tool_use') {
    const { code } = block.input;
    return { type: 'program', call_id: callId, code: typeof code === 'string' ? code : '', fingerprint };
  }
  const { content } = block;
  const result = typeof content === 'string' ? content : JSON.stringify(content);
  return { type: 'program_output', call_id: callId, result, status: 'completed' };
}
