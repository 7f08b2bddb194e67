import type { ServerResponse } from 'node:http';

/**
 * Streams an answer of Responses that consists of these whole items. The last event repeats none of them, as plans of
 * ChatGPT answer.
 */
export function streamItems(response: ServerResponse, items: readonly object[]): void {
  const head = { id: 'resp_1', object: 'response', model: 'm', status: 'in_progress', output: [] };
  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
  streamEvents(response, [
    { type: 'response.created', response: head },
    ...items.flatMap((item, index) => [
      {
        type: 'response.output_item.added',
        output_index: index,
        item: { ...item, status: 'in_progress', content: [] },
      },
      { type: 'response.output_item.done', output_index: index, item },
    ]),
    { type: 'response.completed', response: { ...head, status: 'completed', usage } },
  ]);
}

/** An event of Responses. */
export interface StreamedEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Streams events under their types. */
export function streamEvents(response: ServerResponse, events: readonly StreamedEvent[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
}

/** A message that says this. */
export function saidItem(text: string): object {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content };
}

/** A call of a function. */
export function calledItem(name: string, input: object): object {
  return { type: 'function_call', id: 'fc_1', call_id: 'call_1', name, arguments: JSON.stringify(input) };
}
