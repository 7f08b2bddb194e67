import { messages } from '../../matrix/dialects/messages.ts';
import { responses } from '../../matrix/dialects/responses.ts';
import { chatDialect, type ReasoningForm } from './chat-dialect.ts';
import { geminiDialect } from './gemini-dialect.ts';
import * as chatRules from './rules/chat.ts';
import { GEMINI_RULES } from './rules/gemini.ts';
import { MESSAGES_RULES } from './rules/messages.ts';
import * as responsesRules from './rules/responses.ts';
import { anySchema, type SchemaLaw } from './rules/schemas.ts';
import type { Rule, VendorWire } from './vendor.ts';

/** What all wires are made of. */
export interface WireParts extends Partial<Pick<VendorWire, 'at' | 'callId' | 'errors' | 'admits'>> {
  /** The path of the real address. */
  readonly path?: string;
  /** The vendor's own law, after that of the protocol. */
  readonly rules?: readonly Rule[];
  /** Text of the refusal of a prompt that does not fit. */
  readonly overflow?: (tokens: number, maximum: number) => string;
  /** Beside the text. */
  readonly overflowAs?: { readonly status?: number; readonly code?: string; readonly type?: string };
}

/** Chat Completions. */
export function chatWire({
  reasoning = 'reasoning_content',
  schema = anySchema,
  ...parts
}: WireParts & { readonly reasoning?: ReasoningForm; readonly schema?: SchemaLaw }): VendorWire {
  const law = [chatRules.adjacency, chatRules.tools(schema), chatRules.noEmptyContent, chatRules.pictures];
  return wireOf(chatDialect(reasoning), law, parts);
}

/** OpenAI Responses. */
export function responsesWire({
  schema = anySchema,
  ...parts
}: WireParts & { readonly schema?: SchemaLaw }): VendorWire {
  const law = [
    responsesRules.adjacency,
    responsesRules.tools(schema),
    responsesRules.noItemIds,
    responsesRules.pictures,
  ];
  return wireOf(responses, law, parts);
}

/** Anthropic Messages. */
export function messagesWire(parts: WireParts): VendorWire {
  return wireOf(messages, MESSAGES_RULES, parts);
}

/** Google's own protocol, whose paths name the model: `before` stands in front of it. */
export function geminiWire({
  before,
  ...parts
}: Omit<WireParts, 'path' | 'at'> & { readonly before: string }): VendorWire {
  const at: VendorWire['at'] = (path) => {
    const [model = '', method = ''] = path.startsWith(before) ? path.slice(before.length).split(':') : [];
    if (method !== 'generateContent' && method !== 'streamGenerateContent') return undefined;
    return { model, streamed: method === 'streamGenerateContent' };
  };
  return wireOf(geminiDialect, GEMINI_RULES, { ...parts, at });
}

function wireOf(dialect: VendorWire['dialect'], law: readonly Rule[], parts: WireParts): VendorWire {
  const { path: own, rules = [], overflow = usualWords, overflowAs = {}, ...rest } = parts;
  return {
    at: (path, model) => (path === own ? { model } : undefined),
    overflow: (tokens, maximum) => ({ status: 400, message: overflow(tokens, maximum), ...overflowAs }),
    ...rest,
    dialect,
    rules: [...rules, ...law],
  };
}

function usualWords(tokens: number, maximum: number): string {
  return `This model's maximum context length is ${maximum} tokens. However, you requested ${tokens} tokens in the messages.`;
}
