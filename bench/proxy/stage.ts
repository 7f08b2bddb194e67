import { makeHome, type OwnHome } from '../processes/own-home.ts';
import { startServer, type MeasuredServer } from '../processes/measured-server.ts';
import type { Pinning } from '../processes/pinning.ts';
import { claudexArguments, jsonFloorArguments, passArguments } from './programs.ts';
import { startUpstream, type Upstream } from './upstream.ts';

/** Who stands between the load and the upstream. */
export const SERVERS = ['pass', 'pass again', 'jsonfloor', 'claudex'] as const;
/** One of {@link SERVERS}. */
export type ServerName = (typeof SERVERS)[number];

/** An upstream, and in front of it all that is compared, each a process of its own on the measured core. */
export interface Stage {
  readonly upstream: Upstream;
  readonly home: OwnHome;
  readonly servers: { readonly [name in ServerName]: MeasuredServer };
  close(): Promise<void>;
}

/** Starts everything. What had started is stopped again when something does not. */
export async function setStage(pinning: Pinning | undefined): Promise<Stage> {
  const upstream = await startUpstream();
  const home = makeHome(upstream.port);
  const running: MeasuredServer[] = [];
  const start = async (name: ServerName, args: readonly string[]): Promise<MeasuredServer> => {
    const { environment, folder: workingFolder } = home;
    const logFile = name === 'claudex' ? home.proxyLogFile : home.logFile(name);
    const server = await startServer({ args, environment, workingFolder, logFile, pinning });
    running.push(server);
    return server;
  };
  const close = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
    await upstream.close();
    home.remove();
  };
  try {
    const servers = {
      pass: await start('pass', passArguments(upstream.port)),
      'pass again': await start('pass again', passArguments(upstream.port)),
      jsonfloor: await start('jsonfloor', jsonFloorArguments(upstream.port)),
      claudex: await start('claudex', await claudexArguments()),
    };
    return { upstream, home, servers, close };
  } catch (error) {
    await close();
    throw error;
  }
}
