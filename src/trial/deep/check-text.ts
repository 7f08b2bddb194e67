import { ok, failed, refused, user, type Check, type Verdict } from './check.ts';
import { textOfReply, type Reply } from './reply.ts';

/** Room for a short answer, and for the reasoning that some models cannot leave. */
const ROOM = 1024;
/** What the client asks for by default. */
const USUAL_ROOM = 32_000;

const QUESTION = [user('Reply with the single word: ready')];

/** An answer in one piece. */
export const text: Check = {
  id: 'text',
  title: 'Text',
  async run({ ask }) {
    return judged(await ask({ messages: QUESTION, max_tokens: ROOM, stream: false }));
  },
};

/** An answer in pieces, as sessions ask for it. */
export const streaming: Check = {
  id: 'streaming',
  title: 'Streaming',
  async run({ ask }) {
    const reply = await ask({ messages: [user('Count from 1 to 20 in words.')], max_tokens: ROOM });
    const pieces = `${reply.pieces} ${reply.pieces === 1 ? 'piece' : 'pieces'}`;
    return judged(reply, `first event after ${reply.firstEventMs ?? 0} ms, ${pieces}`);
  },
};

/** The limit that sessions ask for. */
export const outputLimit: Check = {
  id: 'output-limit',
  title: 'Long answers',
  async run({ ask }) {
    const reply = await ask({ messages: QUESTION, max_tokens: USUAL_ROOM });
    const lowered = reply.losses.some(({ path }) => /max_(?:completion_|output_)?tokens/.test(path));
    const asked = USUAL_ROOM.toLocaleString('en');
    return judged(reply, lowered ? `up to less than ${asked} tokens` : `up to ${asked} tokens may be asked for`);
  },
};

/** How long a prompt is. */
export const countTokens: Check = {
  id: 'count-tokens',
  title: 'Token count',
  async run({ count }) {
    const { tokens, method } = await count({ messages: QUESTION });
    if (tokens === undefined || tokens <= 0) return failed('no count came back');
    return ok(method === 'exact' ? "the provider's own count" : `counted here (${method})`);
  },
};

function judged(reply: Reply, detail = ''): Verdict {
  if (reply.failure) return refused(reply.failure);
  if (textOfReply(reply) !== '') return ok(detail);
  return failed(
    reply.stopReason === 'max_tokens' ? 'the model thought until its room was used up' : 'the answer has no text',
  );
}
