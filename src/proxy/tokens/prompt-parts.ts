import type { CanonicalRequest, ContentBlock, DocumentBlock, Json, Message, Tool } from '@claudex/sdk';
import type { ModelFamily } from './families.ts';
import { imageTokens, pdfTokens, TOKENS_OF_UNKNOWN_MEDIA } from './media-tokens.ts';

/** A prompt taken apart for counting. */
export interface PromptParts {
  /** Everything that is counted as text. */
  readonly texts: string[];
  messages: number;
  /** Tools that the model is shown. */
  tools: number;
  /** Tokens of pictures and documents. */
  media: number;
  /** Tokens of tools that the provider runs itself, which bring their own instructions. */
  serverTools: number;
}

/** Between what Anthropic documents for its shell (245) and for its editor (700). */
const TOKENS_PER_SERVER_TOOL = 300;
/** The client's own line at the start of the system prompt, which changes with every request; translation drops it. */
const BILLING_LINE = 'x-anthropic-billing-header';

/** What is known while the blocks are walked through. */
interface Walk {
  readonly parts: PromptParts;
  readonly family: ModelFamily;
  /** Tools that a result has named. */
  readonly named: Set<string>;
  /** Whether the turn is still going on; models are not shown the reasoning of turns that have ended. */
  current: boolean;
}

/**
 * Takes apart what the upstream will see of a request, approximately: the text of all turns, calls and results, the
 * reasoning of the turn that is going on, and the tools. Tools whose loading is deferred count once a result has named
 * them. Left out are reasoning that a provider encrypted and blocks of unknown types, which no other provider is sent.
 */
export function promptParts(request: CanonicalRequest, family: ModelFamily): PromptParts {
  const { system, messages, tools } = request;
  const parts: PromptParts = { texts: [], messages: messages.length, tools: 0, media: 0, serverTools: 0 };
  const walk: Walk = { parts, family, named: new Set(), current: false };
  const turn = messages.findLastIndex(startsTurn);
  for (const { text } of system) if (!text.startsWith(BILLING_LINE)) parts.texts.push(text);
  for (const [index, { content }] of messages.entries()) {
    walk.current = index > turn;
    addBlocks(content, walk);
  }
  for (const tool of tools) addTool(tool, walk);
  return parts;
}

/** A message of the user that answers no tool call. */
function startsTurn({ role, content }: Message): boolean {
  return role === 'user' && !content.some(({ type }) => type === 'tool_result');
}

/** The tokens of a prompt whose texts have this many tokens in the family's encoding. */
export function promptTokens(textTokens: number, parts: PromptParts, family: ModelFamily): number {
  const tools = parts.tools === 0 ? 0 : family.tools + family.tool * parts.tools;
  const overhead = family.base + family.message * parts.messages + tools;
  return Math.ceil(textTokens * family.factor) + overhead + parts.media + parts.serverTools;
}

function addTool(tool: Tool, { parts, named }: Walk): void {
  if (tool.kind === 'server') {
    parts.serverTools += TOKENS_PER_SERVER_TOOL;
    return;
  }
  if (tool.defer_loading === true && !named.has(tool.name)) return;
  parts.tools += 1;
  parts.texts.push(tool.name, JSON.stringify(tool.input_schema));
  if (tool.description !== undefined) parts.texts.push(tool.description);
}

function addBlocks(blocks: readonly ContentBlock[], walk: Walk): void {
  for (const block of blocks) addBlock(block, walk);
}

function addBlock(block: ContentBlock, walk: Walk): void {
  const { parts, family, named, current } = walk;
  switch (block.type) {
    case 'text':
      parts.texts.push(block.text);
      return;
    case 'thinking':
      if (current) parts.texts.push(block.thinking);
      return;
    case 'tool_use':
    case 'server_tool_use':
      parts.texts.push(block.name, JSON.stringify(block.input));
      return;
    case 'tool_result':
      addBlocks(block.content, walk);
      return;
    case 'server_tool_result':
      parts.texts.push(readableJson(block.content));
      return;
    case 'tool_reference':
      named.add(block.tool_name);
      parts.texts.push(block.tool_name);
      return;
    case 'image':
      parts.media += imageTokens(block.source, family);
      return;
    case 'document':
      addDocument(block, walk);
      return;
    case 'redacted_thinking':
    case 'opaque':
      return;
  }
}

function addDocument({ source, title, context }: DocumentBlock, walk: Walk): void {
  const { parts } = walk;
  for (const text of [title, context]) if (text !== undefined) parts.texts.push(text);
  if (source.type === 'text') parts.texts.push(source.data);
  else if (source.type === 'content') addBlocks(source.content, walk);
  else if (source.type === 'base64') parts.media += pdfTokens(source.data);
  else parts.media += TOKENS_OF_UNKNOWN_MEDIA;
}

/** Search results carry their pages encrypted as well; the size of that says nothing about tokens. */
function readableJson(value: Json): string {
  return JSON.stringify(value, (name, field: unknown) => (name.startsWith('encrypted_') ? undefined : field));
}
