import { expect } from 'chai';
import { createScrubber } from '../../src/errors/index.ts';
import { History, makeBundle, memoryStore, type ExchangeBundle, type ExchangeReport } from '../../src/state/index.ts';
import { question, startTestProxy } from '../support/proxy.ts';
import { serve } from '../support/serve.ts';
import { waitUntil } from '../support/wait-until.ts';
import { replayBundle } from './support/replay-bundle.ts';

const KEY = 'canary-key-0123456789';
const chunk = (more: object): string =>
  `data: ${JSON.stringify({ id: 'chat_1', object: 'chat.completion.chunk', model: 'acme-1', ...more })}\n\n`;
const choice = (delta: object, finish_reason: string | null = null): object => ({
  choices: [{ index: 0, delta, finish_reason }],
});
const STREAM = [
  chunk(choice({ role: 'assistant', content: 'Grüße, ' })),
  chunk(choice({ content: `your key is ${KEY}` })),
  chunk(
    choice({
      tool_calls: [
        { index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":"plants"}' } },
      ],
    }),
  ),
  chunk(choice({}, 'tool_calls')),
  chunk({
    choices: [],
    usage: { prompt_tokens: 50, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 20 } },
  }),
  'data: [DONE]\n\n',
].join('');
const REFUSAL = JSON.stringify({
  error: { message: 'no such model', type: 'invalid_request_error', code: 'model_not_found' },
});

const ASKED = question({
  stream: true,
  top_k: 3,
  tools: [{ name: 'look', input_schema: { type: 'object', properties: { at: { type: 'string' } } } }],
});

describe('a bundle with bodies', () => {
  for (const [what, status, type, body] of [
    ['a translated stream with a tool call', 200, 'text/event-stream', STREAM],
    ['a refusal', 404, 'application/json', REFUSAL],
  ] as const) {
    it(`lets ${what} be played again, to the same figures and the same answer`, async () => {
      const { bundle, answer, sent } = await exchange(status, type, body);
      expect(JSON.stringify(bundle)).to.not.contain('canary');
      const replay = await replayBundle(bundle);
      expect(withoutIds(replay.answer)).to.equal(withoutIds(answer.replaceAll(KEY, '********')));
      expect(replay.sent).to.deep.equal(sent);
      for (const figure of ['status', 'stop_reason', 'fault', 'usage', 'losses', 'calls', 'model', 'asked'] as const)
        expect(replay.report[figure], figure).to.deep.equal(bundle.report[figure]);
    });
  }
});

/** Has a proxy answer a request by this answer of a provider, and makes the bundle of that. */
async function exchange(
  status: number,
  type: string,
  body: string,
): Promise<{ bundle: ExchangeBundle; answer: string; sent: readonly string[] }> {
  await using upstream = await serve((_request, response) =>
    response.writeHead(status, { 'content-type': type }).end(body),
  );
  await using proxy = await startTestProxy(`
    [[profiles]]
    name = "acme"
    provider_type = "OpenAICompatible"
    base_url = "${upstream.url}"
    api_key = "${KEY}"
    default_model = "m"`);
  const response = await proxy.post('/proxy/acme/v1/messages', ASKED);
  const answer = await response.text();
  const id = response.headers.get('request-id') ?? '';
  const found = await waitUntil('the exchange to be known', async () => {
    const known = await proxy.fetch(`/-/exchanges/${id}`);
    return known.status === 200 && known;
  });
  const { report } = (await found.json()) as { report: ExchangeReport };
  const scrubber = createScrubber();
  scrubber.know(KEY);
  const scrub = (text: string): string => scrubber.scrub(text);
  const history = new History({ store: memoryStore(), days: () => 1, scrub });
  history.recordBodies(id, { request: JSON.stringify(ASKED), answer: body, answer_type: type });
  const bodies = await history.bodiesOf(id);
  const bundle = makeBundle({ report, bodies, profiles: [], version: '0.0.0-test', scrub });
  // As it comes out of a file.
  return {
    bundle: JSON.parse(JSON.stringify(bundle)) as ExchangeBundle,
    answer,
    sent: upstream.seen.map((seen) => seen.body),
  };
}

function withoutIds(text: string): string {
  return text
    .replaceAll(/\b(?:msg|req|toolu|call)_[\w-]+/g, 'ID')
    .replaceAll(/profile \W*(?:acme|replay)\b/g, 'PROFILE');
}
