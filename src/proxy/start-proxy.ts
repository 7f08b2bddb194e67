import { createServer } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import type { LoadedConfiguration } from '../config/index.ts';
import { createUpstreamClient } from '../http/index.ts';
import type { Registry } from '../registry/index.ts';
import { Counters } from './counters.ts';
import { RefusalMemory } from './heal/refusal-memory.ts';
import { jsonLog } from './log.ts';
import { envelope } from './middleware/envelope.ts';
import { guard } from './middleware/guard.ts';
import { ProfileDirectory } from './profile-directory.ts';
import type { ProxyState } from './proxy-state.ts';
import { addControl } from './routes/control.ts';
import { addCountTokens } from './routes/count-tokens.ts';
import { addHealth } from './routes/health.ts';
import { addMessages } from './routes/messages.ts';
import { addModels } from './routes/models.ts';
import { addStatus } from './routes/status.ts';
import { IdleShutdown } from './server/idle-shutdown.ts';
import { drain, listen } from './server/listening.ts';
import { hostsOf, limitServer } from './server/server-limits.ts';
import { Sessions } from './sessions.ts';
import { StartedUpstreams } from './started-upstreams.ts';
import { PromptMeter } from './tokens/prompt-meter.ts';

/** What a proxy is started with. */
export interface ProxyOptions {
  readonly configuration: LoadedConfiguration;
  /** Where the proxy variables of the network are looked up. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where key variables are looked up. */
  readonly keys: NodeJS.ProcessEnv;
  readonly registry: Registry;
  /** Collects the plugins' contributions anew, for plugins that are installed while the proxy runs. */
  readonly collectAgain?: () => Promise<Registry>;
  /** The install's token. */
  readonly token: string;
  readonly version: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Takes one line of the log, without its line feed. */
  readonly log: (line: string) => void;
}

/** A proxy that serves. */
export interface RunningProxy {
  readonly host: string;
  readonly port: number;
  /** Settles when the proxy has ended, also by its private stop route. */
  readonly stopped: Promise<void>;
  /** Stops accepting, lets running answers finish for `timeouts.drain_s`, then ends them with an error. */
  stop(): Promise<void>;
}

/** Starts to listen and to serve. Throws a failure `port-taken` when the port is taken. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { values } = options.configuration;
  const token = values.proxy_token ?? options.token;
  const log = jsonLog(options.log, values.log_level);
  const stopping = new AbortController();
  const shutdown = new AbortController();
  const profiles = new ProfileDirectory(
    { configuration: values, keys: options.keys },
    options.registry,
    options.collectAgain,
  );
  const upstream = createUpstreamClient(options.environment);
  const started = new StartedUpstreams(log);
  const server = limitServer(createServer({ requireHostHeader: false }));
  const port = await listen(server, options.host, options.port);
  const ended = Promise.withResolvers<void>();
  let end: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping.abort();
    end ??= drain(server, shutdown, values.timeouts.drain_s * 1000, () => state.counters.active() > 0)
      .then(() => started.stop())
      .then(() => upstream.close())
      .finally(() => ended.resolve());
    return end;
  };
  const state: ProxyState = {
    version: options.version,
    token,
    address: { host: options.host, port },
    startedAt: Date.now(),
    registry: options.registry,
    profiles,
    sessions: new Sessions(profiles, token),
    upstream,
    started,
    counters: new Counters(),
    refusals: new RefusalMemory(),
    meter: new PromptMeter(log),
    log,
    stopping: stopping.signal,
    shutdown: shutdown.signal,
    requestStop: () => void stop(),
  };
  const idle = new IdleShutdown(
    values.proxy_idle_shutdown_s * 1000,
    () => state.sessions.list().length > 0 || state.counters.active() > 0,
    () => state.requestStop(),
  );
  stopping.signal.addEventListener('abort', () => idle.cancel(), { once: true });
  const answer = application(state).callback();
  server.on('request', (request, response) => {
    idle.touch();
    void answer(request, response);
  });
  for (const warning of [...options.configuration.warnings, ...options.registry.warnings])
    log({ level: 'warn', event: 'warning', message: warning });
  log({ level: 'info', event: 'listening', host: options.host, port, version: options.version, pid: process.pid });
  return { host: options.host, port, stopped: ended.promise, stop };
}

function application(state: ProxyState): Koa {
  const router = new Router();
  for (const add of [addHealth, addMessages, addCountTokens, addModels, addStatus, addControl]) add(router, state);
  const koa = new Koa();
  koa.silent = true;
  // A client that goes away during an answer is no event; what is our fault is logged where it happens.
  koa.on('error', () => undefined);
  koa.use(envelope(state));
  koa.use(guard({ hosts: hostsOf(state.address), token: state.token }));
  koa.use(router.routes());
  return koa;
}
