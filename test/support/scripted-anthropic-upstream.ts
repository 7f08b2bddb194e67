import { sendWhole, startRecordingServer, type RecordingServer } from './recording-server.ts';

/** The fields of a Messages request that tests look at. */
export interface MessagesRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly stream?: boolean;
  readonly [field: string]: unknown;
}

/** One block of an answer. */
export type ScriptedBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown };

/** Starts a provider of Anthropic Messages on a free loopback port; the script gives the blocks of each answer. */
export function startAnthropicUpstream(
  script: (body: MessagesRequest, n: number) => readonly ScriptedBlock[],
): Promise<RecordingServer<MessagesRequest>> {
  return startRecordingServer<MessagesRequest>(({ method, url, body }, response, n) => {
    if (method !== 'POST' || url.split('?')[0] !== '/v1/messages') {
      return sendWhole(response, 404, { type: 'error', error: { type: 'not_found_error', message: `no path ${url}` } });
    }
    const blocks = script(body, n);
    const message = messageFrom(body.model, blocks, n);
    if (body.stream !== true) return sendWhole(response, 200, message);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': `req_scripted_${n}` });
    for (const event of eventsOf(message, blocks)) {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    response.end();
    return undefined;
  });
}

type Message = ReturnType<typeof messageFrom>;
type Event = { readonly type: string; readonly [field: string]: unknown };

function messageFrom(model: string, blocks: readonly ScriptedBlock[], n: number) {
  return {
    id: `msg_scripted_${n}`,
    type: 'message',
    role: 'assistant',
    model,
    content: blocks,
    stop_reason: blocks.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 50, output_tokens: 10 },
  };
}

function eventsOf(message: Message, blocks: readonly ScriptedBlock[]): Event[] {
  const start = { ...message, content: [], stop_reason: null, usage: { input_tokens: 50, output_tokens: 1 } };
  const { stop_reason, stop_sequence, usage } = message;
  return [
    { type: 'message_start', message: start },
    ...blocks.flatMap((block, index) => blockEvents(block, index)),
    { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage },
    { type: 'message_stop' },
  ];
}

function blockEvents(block: ScriptedBlock, index: number): Event[] {
  const empty = block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} };
  const whole = block.type === 'text' ? block.text : JSON.stringify(block.input);
  const middle = Math.ceil(whole.length / 2);
  const delta = (part: string): unknown =>
    block.type === 'text' ? { type: 'text_delta', text: part } : { type: 'input_json_delta', partial_json: part };
  return [
    { type: 'content_block_start', index, content_block: empty },
    { type: 'content_block_delta', index, delta: delta(whole.slice(0, middle)) },
    { type: 'content_block_delta', index, delta: delta(whole.slice(middle)) },
    { type: 'content_block_stop', index },
  ];
}
