import { Config } from '@oclif/core/config';
import * as Flags from '@oclif/core/flags';
import { loadConfiguration, type LoadedConfiguration } from '../../config/index.ts';
import {
  daemonUrl,
  ensureDaemon,
  ownDaemonLaunch,
  readDaemonStatus,
  serveDaemon,
  recordCrashes,
  servingLog,
  SHARED_DAEMON_VARIABLE,
  type Daemon,
  type DaemonDoor,
} from '../../daemon/index.ts';
import { collectRegistry } from '../../registry/index.ts';
import { readOrCreateProxyToken } from '../../state/index.ts';
import { ClaudexCommand, portFlag, readableLogLine } from '../../terminal/index.ts';

/** So long after its start the proxy may meet clients of sessions that come back only now, in milliseconds. */
const YOUTH_MS = 30_000;

/** What `--json` prints. `pid` is `null` for an old proxy that does not tell it. */
interface StartedProxy {
  readonly host: string;
  readonly port: number;
  readonly pid: number | null;
  readonly version: string;
  readonly url: string;
  readonly already_running: boolean;
}

export default class ProxyStart extends ClaudexCommand {
  static override summary = 'Start the local proxy';
  static override description =
    'Serves in this terminal until it is stopped, or with --daemon in the background. One proxy serves all sessions.';
  static override examples = ['<%= config.bin %> proxy start --daemon', '<%= config.bin %> proxy start --port 14000'];
  static override enableJsonFlag = true;
  static override flags = {
    port: portFlag('listen here instead of on proxy_port'),
    daemon: Flags.boolean({ char: 'd', description: 'run in the background and return when it answers' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ProxyStart);
    const sources = { ...this.sources(flags.config), withoutProject: this.#isShared };
    const read = await loadConfiguration(sources);
    const loaded = this.#isShared ? read : await this.makeFirstFile(read);
    const { proxy_host, proxy_port, proxy_token } = loaded.values;
    const token = proxy_token ?? (await readOrCreateProxyToken(this.directories.state));
    const door = { host: proxy_host, port: flags.port ?? proxy_port, token };
    if (!flags.daemon) return this.#serve(door, loaded, () => loadConfiguration(sources));
    this.note(...loaded.warnings);
    return this.#detach(door, flags.config);
  }

  /** Nobody configured this proxy by hand: it serves the sessions of everybody who comes. */
  get #isShared(): boolean {
    return process.env[SHARED_DAEMON_VARIABLE] === '1';
  }

  async #detach(door: DaemonDoor, configFile: string | undefined): Promise<void> {
    const { state: stateFolder } = this.directories;
    const { daemon, started, unlogged } = await ensureDaemon(
      door,
      ownDaemonLaunch({
        port: door.port,
        configFile,
        programRoot: this.config.root,
        environment: process.env,
        workingFolder: this.workingFolder,
        stateFolder,
      }),
    );
    if (unlogged !== undefined) this.note(unlogged);
    await this.#reportDaemon(daemon, !started);
  }

  async #serve(
    door: DaemonDoor,
    configuration: LoadedConfiguration,
    reload: () => Promise<LoadedConfiguration>,
  ): Promise<void> {
    const { state: stateFolder } = this.directories;
    const { version } = this.config;
    const registry = await collectRegistry(this.config);
    // Only the serving process needs the server's libraries.
    const { startProxy } = await import('../../proxy/index.ts');
    const log = servingLog(stateFolder, (line) => this.note(process.stderr.isTTY ? readableLogLine(line) : line));
    try {
      const running = await serveDaemon({
        door,
        version,
        stateFolder,
        start: async () => {
          const proxy = await startProxy({
            ...door,
            configuration,
            reload,
            environment: process.env,
            // Sessions bring the keys of a shared proxy along.
            keys: this.#isShared ? {} : process.env,
            registry,
            collectAgain: async () => collectRegistry(await Config.load(this.config.root)),
            version,
            stateFolder,
            cacheFolder: this.directories.cache,
            youthMs: YOUTH_MS,
            log: (line) => log.write(line),
            droppedLines: () => log.dropped(),
          });
          recordCrashes(log, proxy.scrub);
          return proxy;
        },
        warn: (problem) => this.note(problem),
        ready: (record) => this.#report({ ...record, url: daemonUrl(record), already_running: false }),
      });
      if (running) await this.#reportDaemon(running, true);
    } finally {
      await log.close();
    }
  }

  async #reportDaemon(daemon: Daemon, alreadyRunning: boolean): Promise<void> {
    const { host, port, pid, version } = await readDaemonStatus(daemon);
    this.#report({ host, port, pid, version, url: daemon.url, already_running: alreadyRunning });
  }

  #report({ host, port, pid, version, url, already_running }: StartedProxy): void {
    this.note(already_running ? `The proxy already runs on ${url}` : `The proxy listens on ${url}`);
    if (this.jsonEnabled()) this.logJson({ host, port, pid, version, url, already_running });
  }
}
