import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { GentleStop, type Ending } from '../../../src/proxy/server/gentle-stop.ts';
import { listen } from '../../support/listen.ts';

describe('the gentle stop of a server', () => {
  let server: Server;
  let client: Socket;
  let end: GentleStop;
  let busy: boolean;
  let released: number;
  let problems: string[];

  beforeEach(async () => {
    busy = true;
    released = 0;
    problems = [];
    server = createServer((_request, response) => void response.write('begun'));
    client = connect(await listen(server), '127.0.0.1');
    await once(client, 'connect');
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(client, 'data');
  });
  afterEach(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });

  function stoppable(
    limitMs: { readonly [ending in Ending]: number },
    release = async (): Promise<void> => void (released += 1),
  ): GentleStop {
    const warn = (problem: string): unknown => problems.push(problem);
    end = new GentleStop({ server, isBusy: () => busy, release, warn, limitMs });
    return end;
  }

  for (const ending of ['stopped', 'handover'] as const) {
    it(`says why it ends, and cuts what is still busy when the time of "${ending}" is up`, async () => {
      stoppable({ stopped: 3_600_000, handover: 3_600_000, [ending]: 50 });
      const cut = once(client.resume(), 'close');
      const ended = end.stop(ending);
      expect([end.stopping.aborted, end.stopping.reason, end.shutdown.aborted]).to.deep.equal([true, ending, false]);
      await cut;
      expect(end.shutdown.aborted).to.equal(true);
      await ended;
      expect([released, problems]).to.deep.equal([1, []]);
    });
  }

  it('is over, and says so, also when something could not be released', async () => {
    busy = false;
    await stoppable({ stopped: 50, handover: 50 }, () => Promise.reject(new Error('stuck'))).stop('stopped');
    expect(problems).to.have.length(1);
    expect(problems[0]).to.include('stuck');
  });

  it('is over when nothing is busy any more, long before its time', async () => {
    const ended = stoppable({ stopped: 3_600_000, handover: 3_600_000 }).stop('handover');
    busy = false;
    await ended;
    expect(end.shutdown.aborted).to.equal(false);
  });

  for (const [first, second] of [
    ['handover', 'stopped'],
    ['stopped', 'handover'],
  ] as const) {
    it(`takes the shorter time when it is asked for "${first}" and then for "${second}", and keeps its reason`, async () => {
      stoppable({ stopped: 50, handover: 3_600_000 });
      await Promise.all([end.stop(first), end.stop(second)]);
      expect([end.stopping.reason, end.shutdown.aborted, released]).to.deep.equal([first, true, 1]);
    });
  }
});
