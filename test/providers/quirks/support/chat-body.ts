import type { JsonObject } from '@claudex/sdk';

/** A message as Chat has it. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string | readonly JsonObject[] | null;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string } }[];
  readonly tool_call_id?: string;
  readonly [field: string]: unknown;
}

/** The messages of a body. */
export function messagesOf(sent: JsonObject): readonly ChatMessage[] {
  return sent['messages'] as unknown as readonly ChatMessage[];
}

/** The last message with this role. */
export function lastOf(sent: JsonObject, role: string): ChatMessage | undefined {
  return messagesOf(sent).findLast((message) => message.role === role);
}

/** The functions of a body; empty without tools. */
export function functionsOf(sent: JsonObject): readonly JsonObject[] {
  return ((sent['tools'] ?? []) as unknown as readonly { readonly function: JsonObject }[]).map(
    (tool) => tool.function,
  );
}

/** The types of the parts of a message; none where its content is a text. */
export function partTypes(message: ChatMessage | undefined): unknown[] {
  return Array.isArray(message?.content) ? (message.content as readonly JsonObject[]).map(({ type }) => type) : [];
}
