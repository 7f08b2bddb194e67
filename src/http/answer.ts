import { decoded } from './decoded.ts';
import { readText } from './read-text.ts';
import { UpstreamError, type HttpResponse } from './upstream-client.ts';

/** The head of an answer as a library gives it. */
export interface AnswerHead {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** Lines of headers. */
  readonly count: number;
}

/** An honest answer has some thirty. */
const MOST_HEADERS = 1_000;

/** Makes the answer that a caller gets. Throws an {@link UpstreamError} for a head that no honest upstream sends. */
export function answerOf(
  head: AnswerHead,
  body: AsyncIterable<Uint8Array>,
  address: URL,
  cancel: () => void,
): HttpResponse {
  if (head.count >= MOST_HEADERS)
    throw new UpstreamError('protocol', `${address.origin} answered with ${head.count} headers`);
  const headers: { [name: string]: string } = Object.fromEntries(
    Object.entries(head.headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (value ?? []).join(', '),
    ]),
  );
  const plain = isEmpty(head.status) ? body : decoded(headers['content-encoding'], body, address);
  return { status: head.status, headers, body: plain, text: (limit) => readText(plain, limit, cancel), cancel };
}

/** Such an answer has no body, whatever its headers say about one. */
function isEmpty(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
