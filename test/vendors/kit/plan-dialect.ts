import { responses } from '../../matrix/dialects/responses.ts';
import { toolsOf } from './rules/responses.ts';
import type { VendorWire } from './vendor.ts';

/** Responses for a ChatGPT plan: tools may stand in the input, and the last event has no output in it. */
export const planDialect: VendorWire['dialect'] = {
  ...responses,
  read: (body, headers, url) => ({
    ...responses.read(body, headers, url),
    tools: toolsOf({ body: body as { readonly [field: string]: unknown } })
      .filter(({ type }) => type === 'function')
      .map(({ name = '' }) => name),
  }),
  stream: (answer, model, n) =>
    responses.stream(answer, model, n).map((event) => {
      const [head = '', data = ''] = event.split('\ndata: ');
      if (!head.includes('response.completed')) return event;
      const completed = JSON.parse(data) as { response: object };
      return `${head}\ndata: ${JSON.stringify({ ...completed, response: { ...completed.response, output: [] } })}\n\n`;
    }),
};
