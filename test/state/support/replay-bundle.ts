import type { ExchangeBundle, ExchangeReport } from '../../../src/state/index.ts';
import { startTestProxy } from '../../support/proxy.ts';
import { serve } from '../../support/serve.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** What became of an exchange when it was played again. */
export interface Replay {
  /** The body that the client got. */
  readonly answer: string;
  readonly report: ExchangeReport;
  /** The bodies that the provider got. */
  readonly sent: readonly string[];
}

/** Plays an exchange again: the client's request through a proxy of its own, with the provider's answer from the bundle. */
export async function replayBundle({ report, bodies }: ExchangeBundle): Promise<Replay> {
  if (!bodies) throw new Error('a bundle without bodies cannot be played again');
  const type = bodies.answer_type ?? (report.stream ? 'text/event-stream' : 'application/json');
  const status = report.attempts.at(-1)?.status ?? 200;
  await using upstream = await serve((_request, response) =>
    response.writeHead(status, { 'content-type': type }).end(bodies.answer.text),
  );
  await using proxy = await startTestProxy(`
    [[profiles]]
    name = "replay"
    provider_type = "${report.protocol === 'openai-chat' ? 'OpenAICompatible' : 'DirectAnthropic'}"
    base_url = "${upstream.url}"
    api_key = "none-of-ours"
    default_model = ${JSON.stringify(report.model)}`);
  const answer = await (await proxy.post('/proxy/replay/v1/messages', bodies.request.text)).text();
  const found = await waitUntil('the exchange to be known', async () => {
    const response = await proxy.fetch('/-/exchanges/latest');
    return response.status === 200 && response;
  });
  const { report: replayed } = (await found.json()) as { report: ExchangeReport };
  return { answer, report: replayed, sent: upstream.seen.map(({ body }) => body) };
}
