import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import type { LogEntry } from '../../../src/proxy/log.ts';
import { listen } from '../../../src/proxy/server/listening.ts';
import { refusalOf } from '../../support/refusal-of.ts';

describe('listening', () => {
  const servers: Server[] = [];
  const entries: LogEntry[] = [];
  const log = (entry: LogEntry): unknown => entries.push(entry);
  const newServer = (): Server => {
    const server = createServer((_request, response) => void response.end('served'));
    servers.push(server);
    return server;
  };
  beforeEach(() => void (entries.length = 0));
  afterEach(async () => {
    for (const server of servers.splice(0).filter(({ listening }) => listening)) {
      server.close();
      await once(server, 'close');
    }
  });

  it('names a port that is taken, and what to do', async () => {
    const port = await listen(newServer(), '127.0.0.1', 0, log);
    const refusal = await refusalOf(listen(newServer(), '127.0.0.1', port, log));
    expect(refusal).to.include({ code: 'port-taken' });
    expect(entries).to.deep.equal([]);
  });

  it('goes on, and logs it, when the system cannot hand over connections', async () => {
    const server = newServer();
    const port = await listen(server, '127.0.0.1', 0, log);
    // As Node tells of a failed accept.
    for (const code of ['EMFILE', 'ENOBUFS']) server.emit('error', new Error(`accept ${code}`));
    expect(entries.map(({ level, event }) => `${level} ${event}`)).to.deep.equal(['warn warning', 'warn warning']);
    expect(entries[1]?.['message']).to.include('accept ENOBUFS');
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
    expect(await answer.text()).to.equal('served');
  });
});
