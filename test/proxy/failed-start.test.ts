import { expect } from 'chai';
import { startProxy } from '../../src/proxy/start-proxy.ts';
import { loadedFrom } from '../support/configuration.ts';
import { freePort } from '../support/free-port.ts';
import { listen } from '../support/listen.ts';
import { TOKEN } from '../support/proxy.ts';
import { registryOf } from '../support/registry.ts';
import { createServer } from 'node:http';
import { once } from 'node:events';

describe('a start that fails after the proxy has begun to listen', () => {
  it('gives the port free again', async () => {
    const port = await freePort();
    const [started] = await Promise.allSettled([
      startProxy({
        configuration: await loadedFrom(''),
        environment: {},
        keys: {},
        registry: registryOf(),
        token: TOKEN,
        version: '0.0.0-test',
        host: '127.0.0.1',
        port,
        log: (line) => {
          if (line.includes('"event":"listening"')) throw new Error('no room for the log');
        },
      }),
    ]);
    expect(started).to.have.nested.property('reason.message', 'no room for the log');
    const next = createServer();
    expect(await listen(next, port)).to.equal(port);
    next.close();
    await once(next, 'close');
  });
});
