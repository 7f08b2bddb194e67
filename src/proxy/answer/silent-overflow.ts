import type { CanonicalResponse, CodecContext, Fault, Usage } from '@claudex/sdk';
import { longestPrompt } from '../../router/index.ts';

/** How full a window has to be for an empty answer to be about it. */
const NEARLY_FULL = 0.8;

/** How an answer ended. */
type Ending = Pick<CanonicalResponse, 'stop_reason' | 'usage'>;

/** The whole prompt as the provider counted it, in tokens. */
export function countedPrompt(usage: Usage): number {
  return usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
}

/**
 * Some providers do not refuse a prompt that is too long: they answer with nothing, or with what a part of the prompt
 * called for. Recognises an answer without content that ends because the window was full: it says so (Z.ai), or it stopped
 * at a limit before the first token with a prompt that nearly fills the window (MiMo).
 */
export function emptyOverflow({ stop_reason: reason, usage }: Ending, context: CodecContext): Fault | undefined {
  const longest = longestPrompt(context.facts);
  if (reason === 'model_context_window_exceeded') return overflow(usage, longest);
  if (reason !== 'max_tokens' || usage.output_tokens > 0 || longest === undefined) return undefined;
  const prompt = Math.max(countedPrompt(usage), context.estimatedInputTokens);
  return prompt > longest * NEARLY_FULL ? overflow(usage, longest) : undefined;
}

/** The same for an answer that is here as a whole, where also one counts whose prompt was longer than the longest. */
export function wholeOverflow(response: CanonicalResponse, context: CodecContext): Fault | undefined {
  const isEmpty = response.content.every((block) => block.type === 'text' && block.text.trim() === '');
  if (isEmpty) return emptyOverflow(response, context);
  return exceedsWindow(response.usage, context) ? overflow(response.usage) : undefined;
}

/** Whether the provider counted a longer prompt than the model takes, as far as that is known. */
export function exceedsWindow(usage: Usage, { facts }: Pick<CodecContext, 'facts'>): boolean {
  return countedPrompt(usage) > (longestPrompt(facts) ?? Infinity);
}

/** A count that fits was made after the provider cut the prompt, and would contradict the sentence. */
function overflow(usage: Usage, longest = 0): Fault {
  const counted = countedPrompt(usage);
  return {
    kind: 'context-overflow',
    message: 'prompt is too long',
    retryable: false,
    ...(counted > longest && { promptTokens: counted }),
  };
}
