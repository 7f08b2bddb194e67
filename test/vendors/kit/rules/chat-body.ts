import type { VendorCall } from '../vendor.ts';

/** A part of a message. */
export interface ChatPart {
  readonly type: string;
  readonly text?: string;
  readonly [field: string]: unknown;
}

/** A call of a tool. */
export interface ChatCall {
  readonly id: string;
  readonly type?: string;
  readonly function: { readonly name: string; readonly arguments: unknown };
}

/** A message. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: string | readonly ChatPart[] | null;
  readonly tool_calls?: readonly ChatCall[];
  readonly tool_call_id?: string;
  readonly [field: string]: unknown;
}

/** A tool. */
export interface ChatTool {
  readonly type: string;
  readonly function: { readonly name: string; readonly parameters?: unknown; readonly strict?: unknown };
  readonly cache_control?: unknown;
}

/** The messages of a request. */
export function messagesOf({ body }: VendorCall): readonly ChatMessage[] {
  return Array.isArray(body['messages']) ? (body['messages'] as ChatMessage[]) : [];
}

/** The tools of a request. */
export function toolsOf({ body }: VendorCall): readonly ChatTool[] {
  return Array.isArray(body['tools']) ? (body['tools'] as ChatTool[]) : [];
}

/** The content as parts. */
export function partsOf({ content }: ChatMessage): readonly ChatPart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
}
