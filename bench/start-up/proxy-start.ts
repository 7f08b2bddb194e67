import { makeAnswer, marksOf } from '../fixtures/answer.ts';
import { smallBody } from '../fixtures/request-body.ts';
import type { Effort } from '../measure/effort.ts';
import { runRounds, type Figures } from '../measure/rounds.ts';
import { startServer } from '../processes/measured-server.ts';
import { TOKEN, type OwnHome } from '../processes/own-home.ts';
import type { Pinning } from '../processes/pinning.ts';
import { generateLoad } from '../proxy/generate-load.ts';
import { claudexArguments, passArguments } from '../proxy/programs.ts';
import type { Upstream } from '../proxy/upstream.ts';
import { compare, type Row } from '../report/row.ts';

const TARGET = 2;

/** Time from starting a server until it says that it is well, and until its first answer, for the proxy a translated one. */
export async function runProxyStart(
  home: OwnHome,
  upstream: Upstream,
  pinning: Pinning | undefined,
  effort: Effort,
): Promise<Row[]> {
  const answer = makeAnswer({ text: 30 });
  upstream.answerWith(answer, false);
  const visit = (argumentsOf: () => readonly string[] | Promise<readonly string[]>) => async (): Promise<Figures> => {
    const args = await argumentsOf();
    const startedAt = performance.now();
    const { environment, folder: workingFolder } = home;
    const server = await startServer({ args, environment, workingFolder, logFile: home.proxyLogFile, pinning });
    try {
      await askHealth(server.port);
      const healthy = performance.now() - startedAt;
      const path = '/proxy/translated/v1/messages';
      const requests = { port: server.port, path, token: TOKEN, body: smallBody(false), marks: marksOf(answer) };
      await generateLoad({ ...requests, count: 1, concurrency: 1 });
      const wall = performance.now() - startedAt;
      const { cpuMs, rssMiB } = await server.usage();
      return { healthy, wall, cpu: cpuMs, rss: rssMiB };
    } finally {
      await server.stop();
    }
  };
  const pass = visit(() => passArguments(upstream.port));
  const samples = await runRounds({ pass, 'pass again': pass, claudex: visit(claudexArguments) }, effort.shortRounds);
  const common = {
    bench: 'proxy-start',
    subject: 'claudex',
    against: 'pass',
    control: ['pass', 'pass again'],
  } as const;
  return [
    compare(samples, { ...common, key: 'healthy', measure: 'time to healthy, ms' }),
    compare(samples, { ...common, key: 'wall', measure: 'time to first answer, ms', target: TARGET }),
    compare(samples, { ...common, key: 'cpu', measure: 'CPU until then, ms' }),
  ];
}

/** Of a floor, which has no such route, any answer of the upstream will do. */
async function askHealth(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/health`, { headers: { connection: 'close' } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`/health answered ${response.status}`);
}
