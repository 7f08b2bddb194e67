import type { VendorCall } from '../vendor.ts';

/** A block of content. */
export interface Block {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly content?: string | readonly Block[];
  readonly thinking?: string;
  readonly signature?: string;
  readonly cache_control?: unknown;
}

/** A turn. */
export interface Turn {
  readonly role: string;
  readonly content: string | readonly Block[];
}

/** A tool. */
export interface Tool {
  readonly type?: string;
  readonly name: string;
  readonly input_schema?: unknown;
  readonly cache_control?: unknown;
  readonly defer_loading?: unknown;
}

/** The turns of a request. */
export function turnsOf({ body }: VendorCall): readonly Turn[] {
  return Array.isArray(body['messages']) ? (body['messages'] as Turn[]) : [];
}

/** The tools of a request. */
export function toolsOf({ body }: VendorCall): readonly Tool[] {
  return Array.isArray(body['tools']) ? (body['tools'] as Tool[]) : [];
}

/** Content as blocks. */
export function blocksOf(content: string | readonly Block[] | undefined): readonly Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
}

/** All blocks of the conversation, those in results of tools included. */
export function everyBlock(call: VendorCall): readonly Block[] {
  const own = turnsOf(call).flatMap(({ content }) => blocksOf(content));
  return [...own, ...own.flatMap(({ type, content }) => (type === 'tool_result' ? blocksOf(content) : []))];
}

/** Instructions as blocks. */
export function systemOf({ body }: VendorCall): readonly Block[] {
  return blocksOf(body['system'] as string | readonly Block[] | undefined);
}
