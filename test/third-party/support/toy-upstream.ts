import type { JsonObject } from '@claudex/sdk';
import { sendWhole, startRecordingServer, type RecordingServer } from '../../support/recording-server.ts';
import { toyStream, type ToyPiece } from './toy-answers.ts';

/** One line of a request of the made-up dialect. */
export interface ToyLine {
  readonly who: string;
  readonly say?: string;
  readonly memo?: string;
  readonly answers?: string;
  readonly call?: { readonly id: string; readonly name: string; readonly input: string };
}

/** A request of the made-up dialect. */
export interface ToyRequest {
  readonly model: string;
  readonly lines: readonly ToyLine[];
  readonly tools: readonly JsonObject[];
  readonly stream: boolean;
}

/** Starts a server that speaks the made-up dialect and gives one answer after the other; then it fails. */
export function startToyUpstream(answers: readonly (readonly ToyPiece[])[]): Promise<RecordingServer<ToyRequest>> {
  return startRecordingServer<ToyRequest>((request, response, n) => {
    const pieces = answers[n];
    if (request.url !== '/lines' || pieces === undefined)
      return sendWhole(response, 400, { message: 'Nothing is left to say.' });
    if (!request.body.stream) return sendWhole(response, 200, { pieces });
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(toyStream(pieces));
  });
}
