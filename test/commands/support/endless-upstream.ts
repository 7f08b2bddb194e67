import type { ServerResponse } from 'node:http';
import { serve, type TestServer } from '../../support/serve.ts';

const CHUNK = 'data: {"choices":[{"index":0,"delta":{"content":"hello"}}]}\n\n';
const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** An upstream of Chat Completions whose answers begin with one piece of text and end when they are told to. */
export interface EndlessUpstream extends TestServer {
  /** The table of a profile `p` that leads here. */
  readonly profile: string;
  /** How many answers have begun. */
  begun(): number;
  /** Ends all answers, with one more piece of text. */
  finish(): void;
}

/** Starts an {@link EndlessUpstream} on a free port. */
export async function serveEndless(): Promise<EndlessUpstream> {
  const answers: ServerResponse[] = [];
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(CHUNK);
    answers.push(response);
  });
  return {
    ...server,
    profile: `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${server.url}"\ndefault_model = "m"\n`,
    begun: () => answers.length,
    finish: () => {
      for (const answer of answers) answer.end(CHUNK + FINISH);
    },
  };
}
