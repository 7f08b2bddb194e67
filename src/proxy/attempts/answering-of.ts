import { decodingContext } from '../answer/decoding-context.ts';
import type { Answering, Exchange } from '../exchange.ts';

/** What a stream may hold on to for hours. */
export function answeringOf(exchange: Exchange): Answering {
  const { requestId, bound, asked, resolved, stream, passThrough, signal, record, trail } = exchange;
  const context = decodingContext(exchange.context);
  return { requestId, bound, asked, resolved, stream, passThrough, signal, record, trail, context };
}
