import { readText, type HttpResponse } from '../http/index.ts';

/** What the body of a success really is, whatever its content type says. */
export type BodyKind = 'events' | 'json' | 'other';

/**
 * Looks at the content type, and where that is neither JSON nor an event stream at the first piece, because
 * some servers label one as the other. The returned response still has its whole body.
 */
export async function sniff(response: HttpResponse): Promise<{ kind: BodyKind; response: HttpResponse }> {
  const type = response.headers['content-type'] ?? '';
  if (type.includes('text/event-stream')) return { kind: 'events', response };
  const pieces = response.body[Symbol.asyncIterator]();
  const first = await pieces.next();
  const text = first.done === true ? '' : Buffer.from(first.value).toString('utf8', 0, 256).trimStart();
  const body = again(first, pieces);
  return {
    kind: kindOf(text),
    response: { ...response, body, text: (limit) => readText(body, limit, () => response.cancel()) },
  };
}

function kindOf(text: string): BodyKind {
  if (/^[{[]/.test(text)) return 'json';
  return /^(data|event|id|retry|:)/.test(text) ? 'events' : 'other';
}

async function* again(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let step = first; step.done !== true; step = await rest.next()) yield step.value;
  } finally {
    await rest.return?.();
  }
}
