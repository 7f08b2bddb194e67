import { expect } from 'chai';
import type { ServerResponse } from 'node:http';
import { localProvider } from '../local/support/local-io.ts';
import { chatCompletion } from '../support/chat-answers.ts';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a backup on this machine', () => {
  const folder = temporaryFolder();
  let primary: TestServer;
  let backup: TestServer;
  let hangs: boolean;
  /** Questions that the backup was asked and that nobody waits for any more. */
  let givenUp: number;

  beforeEach(async () => {
    givenUp = 0;
    const answer = JSON.stringify(chatCompletion('m', { text: 'hello' }, 0));
    primary = await serve((_request, response) => answerJson(response, answer));
    backup = await serve((_request, response) => {
      if (!hangs) return answerJson(response, JSON.stringify({ data: [{ id: 'm' }] }));
      response.once('close', () => (givenUp += 1));
    });
  });
  afterEach(() => Promise.all([primary.stop(), backup.stop()]));

  function answerJson(response: ServerResponse, text: string): void {
    response.setHeader('content-type', 'application/json');
    response.end(text);
  }

  const start = (): Promise<TestProxy> =>
    startTestProxy(
      `[[profiles]]\nname = "first"\nprovider_type = "OpenAICompatible"\nbase_url = "${primary.url}"\ndefault_model = "m"\nbackup_providers = ["second"]\n[[profiles]]\nname = "second"\nprovider = "here"\n`,
      {
        providers: [
          localProvider('here', `${backup.url}/v1`, 1, { describeModels: async () => [{ id: 'm', loaded: false }] }),
        ],
        cacheFolder: folder(),
      },
    );
  const ask = async (proxy: TestProxy): Promise<number> =>
    (await proxy.post('/proxy/first/v1/messages', question())).status;

  it('that hangs is waited for once', async () => {
    hangs = true;
    await using proxy = await start();
    for (let n = 0; n < 3; n += 1) expect(await ask(proxy)).to.equal(200);
    expect(backup.seen).to.have.length(1);
  });

  it('is asked again while a request is answered', async () => {
    hangs = false;
    await using proxy = await start();
    expect(await ask(proxy)).to.equal(200);
    hangs = true;
    // What is said of a model that is not loaded counts for two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await ask(proxy)).to.equal(200);
    expect(givenUp).to.equal(0);
    expect(backup.seen).to.have.length(2);
  });
});
