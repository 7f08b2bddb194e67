import { createServer, type Server } from 'node:http';
import { messageOf } from '../errors/index.ts';
import { HealthProbes } from './health/health-probes.ts';
import { secretsFolder } from '../state/index.ts';
import { keysOf } from './keys-of.ts';
import { openState, type OpenState } from './open-state.ts';
import type { ProxyOptions, RunningProxy } from './proxy-options.ts';
import type { ProxyState } from './proxy-state.ts';
import { ConfigurationReload } from './reload/configuration-reload.ts';
import { application } from './server/application.ts';
import { GentleStop } from './server/gentle-stop.ts';
import { IdleShutdown } from './server/idle-shutdown.ts';
import { listen } from './server/listening.ts';
import { limitServer, SERVER_OPTIONS } from './server/server-limits.ts';
import { Sessions } from './sessions.ts';

/** How long a proxy that handed over may still answer what runs, in milliseconds. */
const HANDOVER_LIMIT_MS = 3_600_000;

/** A server that listens. */
interface Listening {
  readonly server: Server;
  readonly port: number;
  readonly end: GentleStop;
  /** How many requests are being answered. */
  readonly load: { running: number };
}

/** Starts to listen and to serve. Throws a failure `port-taken` when the port is taken. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const opened = await openState(options);
  const listening = await listenOrClose(options, opened);
  const { port, end } = listening;
  try {
    serve(options, opened, listening);
  } catch (error) {
    await end.stop('stopped');
    throw error;
  }
  return {
    host: options.host,
    port,
    scrub: (text) => opened.scrubber.scrub(text),
    stopped: end.ended,
    stop: () => end.stop('stopped'),
  };
}

async function listenOrClose({ host, port }: ProxyOptions, opened: OpenState): Promise<Listening> {
  const { log, profiles } = opened;
  const server = limitServer(createServer(SERVER_OPTIONS));
  const load = { running: 0 };
  const end = new GentleStop({
    server,
    isBusy: () => load.running > 0,
    release: () => opened.close(),
    warn: (message) => log({ level: 'warn', event: 'warning', message }),
    limitMs: {
      get stopped() {
        return profiles.base.configuration.timeouts.drain_s * 1000;
      },
      handover: HANDOVER_LIMIT_MS,
    },
  });
  try {
    return { server, port: await listen(server, host, port, log), end, load };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function serve(options: ProxyOptions, opened: OpenState, { server, port, end, load }: Listening): void {
  const { log } = opened;
  log.addFields({ port });
  const { state, idle } = completeState(options, opened, port, end);
  const answer = application(state, options.youthMs ?? 0).callback();
  server.on('request', (request, response) => {
    idle.touch();
    load.running += 1;
    response.once('close', () => (load.running -= 1));
    // The next request over this connection belongs to the next proxy.
    if (end.stopping.aborted) response.shouldKeepAlive = false;
    void answer(request, response);
  });
  for (const warning of [...options.configuration.warnings, ...options.registry.warnings])
    log({ level: 'warn', event: 'warning', message: warning });
  state.reload.start();
  const { host, version } = options;
  // The port stands in every entry.
  log({ level: 'info', event: 'listening', host, version, pid: process.pid });
}

/** Adds what needs to know where the proxy listens and how it ends. */
function completeState(
  options: ProxyOptions,
  opened: OpenState,
  port: number,
  end: GentleStop,
): { state: ProxyState; idle: IdleShutdown } {
  const { profiles, upstream, reach, log, token } = opened;
  const health = new HealthProbes({ profiles, upstream, reach, stopping: end.stopping });
  const sessions = new Sessions(profiles, token);
  const idle = new IdleShutdown(
    profiles.base.configuration.proxy_idle_shutdown_s * 1000,
    () => sessions.list().length > 0 || opened.counters.active() > 0,
    () => void end.stop('stopped'),
  );
  const reload = new ConfigurationReload({
    configuration: options.configuration,
    load: options.reload,
    readKeys: (configuration) => keysOf(options, configuration),
    watched: options.stateFolder === undefined ? [] : [secretsFolder(options.stateFolder)],
    profiles,
    log,
    apply: ({ log_level, proxy_idle_shutdown_s }) => {
      log.setLevel(log_level);
      idle.limit(proxy_idle_shutdown_s * 1000);
      health.follow();
      void opened.history
        .forgetOld()
        .catch((error: unknown) => log({ level: 'warn', event: 'warning', message: messageOf(error) }));
    },
  });
  const stop = (): void => {
    idle.cancel();
    reload.close();
  };
  end.stopping.addEventListener('abort', stop, { once: true });
  const state: ProxyState = {
    ...opened,
    address: { host: options.host, port },
    startedAt: Date.now(),
    reload,
    health,
    sessions,
    stopping: end.stopping,
    shutdown: end.shutdown,
    requestStop: (ending = 'stopped') => void end.stop(ending),
  };
  return { state, idle };
}
