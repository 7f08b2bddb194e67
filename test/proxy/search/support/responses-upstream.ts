import { sendWhole, startRecordingServer, type RecordingServer } from '../../../support/recording-server.ts';

/** An item of an answer of Responses. */
export type ResponsesItem = { readonly type: string; readonly [field: string]: unknown };

/** The fields of a Responses request that these tests look at. */
export interface ResponsesBody {
  readonly stream?: boolean;
  readonly tools?: readonly { readonly type: string; readonly name?: string }[];
  readonly input: readonly ResponsesItem[];
}

/** A text as an item. */
export function saying(text: string): ResponsesItem {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content };
}

/** Starts an upstream of Responses that answers with these items, by the number of the request. */
export function startResponsesUpstream(
  items: (n: number) => readonly ResponsesItem[],
): Promise<RecordingServer<ResponsesBody>> {
  return startRecordingServer<ResponsesBody>(({ body }, response, n) => {
    const usage = { input_tokens: 50, output_tokens: 5, total_tokens: 55 };
    const output = items(n);
    const whole = { id: `resp_${n}`, object: 'response', model: 'm', status: 'completed', output, usage };
    if (body.stream !== true) return sendWhole(response, 200, whole);
    const events = [
      { type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
      ...output.flatMap((item, index) => [
        { type: 'response.output_item.added', output_index: index, item },
        { type: 'response.output_item.done', output_index: index, item },
      ]),
      { type: 'response.completed', response: whole },
    ];
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
  });
}
