import { TOKEN } from '../processes/own-home.ts';
import { sessionBody } from '../fixtures/request-body.ts';

/** A long session, and the same with one mistake at its end: it is read like the other one, and then refused. */
export interface CountBodies {
  readonly whole: Buffer;
  readonly broken: Buffer;
}

/** Makes the bodies, each of about this many bytes. */
export function countBodies(bytes: number): CountBodies {
  const whole = sessionBody(bytes, false);
  const parsed = JSON.parse(whole.toString()) as { messages: object[] };
  const broken = { ...parsed, messages: [...parsed.messages, { role: 'user', content: [{ type: 'text' }] }] };
  return { whole, broken: Buffer.from(JSON.stringify(broken)) };
}

/** Asks for the tokens of a body and returns how long that took, in milliseconds. Throws for any other answer. */
export async function askCount(port: number, body: Buffer): Promise<number> {
  const startedAt = performance.now();
  const response = await post(port, body);
  const { input_tokens: tokens } = (await response.json()) as { input_tokens?: number };
  const milliseconds = performance.now() - startedAt;
  const method = response.headers.get('x-claudex-count');
  if (method !== 'tokenizer') throw new Error(`the count came from ${method}, with status ${response.status}`);
  // Text of words and code has between two and six bytes per token.
  const ratio = body.byteLength / (tokens ?? 0);
  if (!(ratio > 2 && ratio < 6)) throw new Error(`${tokens} tokens for ${body.byteLength} bytes cannot be true`);
  return milliseconds;
}

/** Sends a broken body and returns how long the refusal took, in milliseconds. Throws for any other answer. */
export async function askRefusal(port: number, body: Buffer): Promise<number> {
  const startedAt = performance.now();
  const response = await post(port, body);
  await response.text();
  if (response.status !== 400) throw new Error(`a broken body was answered with ${response.status}`);
  return performance.now() - startedAt;
}

function post(port: number, body: Buffer): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/proxy/translated/v1/messages/count_tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: new Uint8Array(body),
  });
}
