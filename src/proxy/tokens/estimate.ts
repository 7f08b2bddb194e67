import type { CanonicalRequest, ContentBlock } from '@claudex/sdk';

/** Characters of English text and code per token, roughly, over the tokenizers in use. */
const CHARACTERS_PER_TOKEN = 4;
/** Anthropic's figure for a picture of common size. */
const TOKENS_PER_IMAGE = 1_600;

/**
 * A cheap estimate of a prompt in tokens, for places where the exact figure comes later. It never tokenises:
 * it takes the size of the body, without pictures and documents, whose base64 says nothing about tokens.
 */
export function estimateInputTokens(request: CanonicalRequest, bodyBytes: number): number {
  let mediaBytes = 0;
  let media = 0;
  for (const message of request.messages) {
    for (const size of mediaSizes(message.content)) {
      mediaBytes += size;
      media += 1;
    }
  }
  return estimateFromBytes(Math.max(0, bodyBytes - mediaBytes)) + media * TOKENS_PER_IMAGE;
}

/** The estimate for text of this many bytes. */
export function estimateFromBytes(bytes: number): number {
  return Math.ceil(bytes / CHARACTERS_PER_TOKEN);
}

function* mediaSizes(blocks: readonly ContentBlock[]): Generator<number> {
  for (const block of blocks) {
    if (block.type === 'tool_result') yield* mediaSizes(block.content);
    else if ((block.type === 'image' || block.type === 'document') && block.source.type === 'base64')
      yield block.source.data.length;
  }
}
