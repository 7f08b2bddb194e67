import type { ChatMessage, ChatRequest, ChatTool } from '../../src/wire.ts';

/** Claude Code's tools, as far as the script knows them. */
export const TOOLS = {
  bash: tool('Bash', ['command'], ['description', 'timeout']),
  read: tool('Read', ['file_path'], ['offset', 'limit']),
  glob: tool('Glob', ['pattern'], ['path']),
  ls: tool('LS', ['path']),
};

/** A checked request for the given messages; everything else can be overridden. */
export function chat(messages: ChatMessage[], overrides: Partial<ChatRequest> = {}): ChatRequest {
  return { model: 'demo', messages, tools: [], toolChoice: 'auto', stream: false, includeUsage: false, ...overrides };
}

/** A user's message. */
export function user(content: string): ChatMessage {
  return { role: 'user', content };
}

/** One round: the assistant's calls and, for each, what came back. */
export function round(...calls: { name: string; arguments: object; result?: string }[]): ChatMessage[] {
  roundNumber += 1;
  const idOf = (index: number): string => `call_${roundNumber}_${index}`;
  const toolCalls = calls.map((call, index) => ({
    id: idOf(index),
    type: 'function' as const,
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
  const results = calls.flatMap(({ result }, index) =>
    result === undefined ? [] : [{ role: 'tool', tool_call_id: idOf(index), content: result }],
  );
  return [{ role: 'assistant', content: null, tool_calls: toolCalls }, ...results];
}

/** What `pwd && ls -la` prints in a small folder. */
export const LISTING = `/home/ada/garden
total 24
drwxr-xr-x 3 ada ada 4096 Nov 24 06:00 .
drwxr-xr-x 9 ada ada 4096 Nov 24 06:00 ..
-rw------- 1 ada ada   40 Nov 24 06:00 .env
-rw-r--r-- 1 ada ada  120 Nov 24 06:00 README.md
drwxr-xr-x 2 ada ada 4096 Nov 24 06:00 beds
-rw-r--r-- 1 ada ada   66 Nov 24 06:00 shopping list.txt
-rw-r--r-- 1 ada ada 9900 Nov 24 06:00 photo.png
`;

let roundNumber = 0;

function tool(name: string, required: string[], optional: string[] = []): ChatTool {
  const properties = Object.fromEntries([...required, ...optional].map((key) => [key, { type: 'string' }]));
  return { type: 'function', function: { name, parameters: { type: 'object', properties, required } } };
}
