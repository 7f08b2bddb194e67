import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

export async function start() {
  const credential = randomUUID();
  const server = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${credential}`) {
      response.writeHead(401).end();
      return;
    }
    const { messages } = await json(request);
    const message = { role: 'assistant', content: `The last of ${messages.length} messages was the best one.` };
    const answer = { choices: [{ index: 0, message, finish_reason: 'stop' }] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    credential,
    stop: async () => server.close(),
  };
}
