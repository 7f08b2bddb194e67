import { expect } from 'chai';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { get } from 'node:https';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { startVendorNetwork, type VendorNetwork } from './kit/vendor-network.ts';
import { openai } from './openai.ts';

describe('the network of fake vendors', () => {
  let network: VendorNetwork;
  before(async () => {
    network = await startVendorNetwork([openai], () => ({ text: 'hello' }));
  });
  after(() => network.close());

  /** Asks the proxy for a way to a host; the status of its answer, and the way if there is one. */
  const tunnel = async (host: string): Promise<{ status: number; socket: Socket }> => {
    const { hostname, port } = new URL(network.environment['HTTPS_PROXY'] ?? '');
    const asked = httpRequest({ host: hostname, port, method: 'CONNECT', path: `${host}:443`, agent: false }).end();
    const [answer, socket] = await once(asked, 'connect');
    return { status: answer.statusCode, socket };
  };
  const list = async (ca: string | undefined): Promise<string> => {
    const { socket } = await tunnel('api.openai.com');
    const secured = connect({ socket, servername: 'api.openai.com', ...(ca !== undefined && { ca }) });
    const options = {
      createConnection: () => secured,
      headers: { host: 'api.openai.com', authorization: `Bearer ${openai.key}` },
    };
    const [answer] = await once(get('https://api.openai.com/v1/models', options), 'response');
    return text(answer);
  };

  it('leads to a vendor under its real name', async () => {
    const answer = await list(readFileSync(network.environment['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8'));
    expect(JSON.parse(answer).data.map(({ id }: { id: string }) => id)).to.include('gpt-6-luna');
    expect(network.calls).to.deep.equal(['GET api.openai.com/v1/models']);
  });

  it('is trusted by nobody else', async () => {
    const error = await list(undefined).catch((reason: unknown) => reason);
    expect(error)
      .to.have.property('code')
      .that.matches(/SELF_SIGNED|UNABLE_TO/);
  });

  it('leads nowhere else', async () => {
    const { status, socket } = await tunnel('example.com');
    socket.destroy();
    expect(status).to.equal(502);
    expect(network.refused).to.deep.equal(['example.com:443']);
  });
});
