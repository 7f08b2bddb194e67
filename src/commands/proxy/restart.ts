import { ownDaemonLaunch, readDaemonStatus, replaceDaemon } from '../../daemon/index.ts';
import { readOrCreateProxyToken } from '../../state/index.ts';
import { ClaudexCommand, portFlag } from '../../terminal/index.ts';

/** What `--json` prints. */
interface RestartedProxy {
  readonly host: string;
  readonly port: number;
  readonly pid: number | null;
  readonly version: string;
  readonly url: string;
  /** Whether another proxy handed over to this one; `false` when none ran. */
  readonly restarted: boolean;
}

export default class ProxyRestart extends ClaudexCommand {
  static override summary = 'Start a new proxy in place of the one that runs';
  static override description =
    'The new proxy runs in the background, with the configuration of this call. The old one leaves it the port at once and finishes its running answers. Starts one where no proxy runs.';
  static override examples = [
    '<%= config.bin %> proxy restart',
    { command: '<%= config.bin %> proxy restart --port 8080', description: 'Replace the one on another port' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    port: portFlag(),
  };

  async run(): Promise<RestartedProxy> {
    const { flags } = await this.parse(ProxyRestart);
    // Whoever cannot be started anew keeps running.
    const { values } = await this.load(flags);
    const { state: stateFolder } = this.directories;
    const door = {
      host: values.proxy_host,
      port: flags.port ?? values.proxy_port,
      token: values.proxy_token ?? (await readOrCreateProxyToken(stateFolder)),
    };
    const { daemon, started, replaced, unlogged } = await replaceDaemon(
      door,
      ownDaemonLaunch({
        port: door.port,
        configFile: flags.config,
        programRoot: this.config.root,
        environment: process.env,
        workingFolder: this.workingFolder,
        stateFolder,
      }),
    );
    if (unlogged !== undefined) this.note(unlogged);
    const restarted = replaced !== undefined || !started;
    this.note(
      restarted
        ? `The proxy on ${daemon.url} is a new one; the old one still finishes its running answers`
        : `No proxy ran on port ${door.port}; one listens now on ${daemon.url}`,
    );
    const { host, port, pid, version } = await readDaemonStatus(daemon);
    return { host, port, pid, version, url: daemon.url, restarted };
  }
}
