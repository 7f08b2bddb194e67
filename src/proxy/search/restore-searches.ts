import type { ContentBlock, Message, ServerToolResultBlock, ToolResultBlock } from '@claudex/sdk';
import { resultForModel } from './result-text.ts';
import { callIdOf } from './search-ids.ts';

/**
 * Writes searches that the proxy answered in earlier turns as what they were to the model: calls of a function and
 * their results. One answer becomes as many turns as there were rounds. Everything else stays as it is.
 */
export function restoreSearches(messages: readonly Message[], tools: readonly string[]): readonly Message[] {
  return messages.flatMap((message) => {
    const answers = message.role === 'assistant' ? resultsByCall(message.content, tools) : undefined;
    return answers === undefined || answers.size === 0 ? [message] : splitRounds(message, answers);
  });
}

/** The results of our own calls in one answer, by the id that the client knows. */
function resultsByCall(content: readonly ContentBlock[], tools: readonly string[]): Map<string, ServerToolResultBlock> {
  const calls = new Set(
    content.flatMap((block) =>
      block.type === 'server_tool_use' && tools.includes(block.name) && callIdOf(block.id) !== undefined
        ? [block.id]
        : [],
    ),
  );
  const results = content.filter((block) => block.type === 'server_tool_result');
  return new Map(results.filter(({ tool_use_id: id }) => calls.has(id)).map((result) => [result.tool_use_id, result]));
}

function splitRounds(message: Message, answers: ReadonlyMap<string, ServerToolResultBlock>): Message[] {
  const rounds: Message[] = [];
  let said: ContentBlock[] = [];
  let results: ToolResultBlock[] = [];
  const end = (): void => {
    if (said.length > 0) rounds.push({ ...message, content: said });
    if (results.length > 0) rounds.push({ role: 'user', content: results });
    said = [];
    results = [];
  };
  for (const block of message.content) {
    if (block.type === 'server_tool_result' && answers.get(block.tool_use_id) === block) {
      results.push(resultForModel(callIdOf(block.tool_use_id) ?? '', block));
      continue;
    }
    // Results end a round: what follows them was said in the next.
    if (results.length > 0) end();
    said.push(asCall(block, answers));
  }
  end();
  return rounds;
}

function asCall(block: ContentBlock, answers: ReadonlyMap<string, ServerToolResultBlock>): ContentBlock {
  if (block.type !== 'server_tool_use' || !answers.has(block.id)) return block;
  const { name, input } = block;
  return { type: 'tool_use', id: callIdOf(block.id) ?? '', name, input };
}
