import { chatCompletion } from '../../support/chat-answers.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../../support/recording-server.ts';
import type { ChatRequest } from '../../support/scripted-chat-upstream.ts';

const MODELS = {
  object: 'list',
  data: [
    {
      id: 'acme-large',
      object: 'model',
      context_length: 1_000_000,
      pricing: { prompt: '0.0000025', completion: '0.000015' },
    },
    { id: 'acme-small', object: 'model', context_length: 128_000 },
  ],
};

/** A provider of Chat Completions that takes one key, lists two models and answers "hello". Its base URL is `url` plus `/v1`. */
export function startKeyedUpstream(key: string | undefined): Promise<RecordingServer<ChatRequest>> {
  return startRecordingServer<ChatRequest>((request, response, n) => {
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
      return sendWhole(response, 401, {
        error: { message: 'Incorrect API key provided', type: 'invalid_request_error' },
      });
    }
    if (request.url.startsWith('/v1/models')) return sendWhole(response, 200, MODELS);
    return sendWhole(response, 200, chatCompletion(request.body.model, { text: 'hello' }, n));
  });
}
