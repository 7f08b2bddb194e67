import { failure, type Outcome } from '../reply.ts';
import { reply, sideReply, SUMMARY_MARK, textOf } from '../script/index.ts';
import { estimateTokens } from '../tokens.ts';
import type { ChatRequest } from '../wire.ts';

const WINDOW = 8192;

/**
 * Says that the context is too long, in OpenAI's words, until the conversation was compacted: side calls (the
 * summary itself among them) and conversations that carry our summary get the ordinary answer.
 */
export function overflow(request: ChatRequest): Outcome {
  const compacted = request.messages.some((message) => textOf(message).includes(SUMMARY_MARK));
  if (compacted || sideReply(request) !== undefined) return { kind: 'reply', reply: reply(request, 'one') };
  const tokens = WINDOW + estimateTokens(JSON.stringify(request.messages));
  return failure(400, {
    message:
      `This model's maximum context length is ${WINDOW} tokens. However, your messages resulted in ${tokens} tokens. ` +
      'Please reduce the length of the messages.',
    type: 'invalid_request_error',
    param: 'messages',
    code: 'context_length_exceeded',
  });
}
