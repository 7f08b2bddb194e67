import type { ContentBlock, Loss } from '@claudex/sdk';

/** What a session would have got for one request. */
export interface Reply {
  /** From the request to the last byte, in milliseconds. */
  readonly latencyMs: number;
  /** From the request to the first event that is no sign of life; absent for an answer in one piece. */
  readonly firstEventMs?: number;
  /** How many pieces of content came after one another; 0 for an answer in one piece. */
  readonly pieces: number;
  readonly content: readonly ContentBlock[];
  readonly stopReason: string | null;
  /** What the proxy could not carry, or had to change. */
  readonly losses: readonly Loss[];
  /** Absent when the answer is complete. */
  readonly failure?: { readonly status: number; readonly message: string };
}

/** The text of an answer, without reasoning and calls. */
export function textOfReply({ content }: Reply): string {
  return content
    .flatMap((block) => (block.type === 'text' ? block.text : []))
    .join('')
    .trim();
}

/** The calls in an answer. */
export function callsOf({ content }: Reply): readonly Extract<ContentBlock, { type: 'tool_use' }>[] {
  return content.filter((block) => block.type === 'tool_use');
}
