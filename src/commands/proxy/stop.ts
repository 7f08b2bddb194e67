import { listDaemons, portTaken, probeDaemon, stopDaemon } from '../../daemon/index.ts';
import { failure } from '../../errors/index.ts';
import { readOrCreateProxyToken } from '../../state/index.ts';
import { ClaudexCommand, portFlag } from '../../terminal/index.ts';

export default class ProxyStop extends ClaudexCommand {
  static override summary = 'Stop the local proxy';
  static override description =
    'Lets open requests finish and waits until the port is free. Does nothing when no proxy runs.';
  static override examples = [
    '<%= config.bin %> proxy stop',
    { command: '<%= config.bin %> proxy stop --port 8080', description: 'Stop the one on another port' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    port: portFlag(),
  };

  async run(): Promise<{ stopped: boolean; port: number }> {
    const { flags } = await this.parse(ProxyStop);
    const { values, isBroken } = await this.loadUsable(flags);
    const { state } = this.directories;
    const port = flags.port ?? values.proxy_port;
    const door = { host: values.proxy_host, port, token: values.proxy_token ?? (await readOrCreateProxyToken(state)) };
    const probe = await probeDaemon(door);
    if (probe.kind === 'foreign' && (probe.silent || probe.claimsToBeClaudex)) throw await portTaken(port, probe);
    // Whoever wrote another port into a file that cannot be read does not mean this one.
    if (probe.kind !== 'ours' && isBroken && flags.port === undefined) await this.#refuseToGuess(door.token);
    if (probe.kind === 'ours') await stopDaemon(probe.daemon, door, state, values.timeouts.drain_s * 1000);
    this.log(resultLine(probe.kind, port));
    return { stopped: probe.kind === 'ours', port };
  }

  /** Throws a failure when some proxy runs. */
  async #refuseToGuess(token: string): Promise<void> {
    const ports = (await listDaemons(this.directories.state, token)).map(({ record }) => record.port);
    const [first] = ports;
    if (first === undefined) return;
    throw failure(
      'proxy-unclear',
      `the configuration is broken and may name another port; proxies run on: ${ports.join(', ')}`,
      `Say which one is meant, as in "claudex proxy stop --port ${first}".`,
    );
  }
}

function resultLine(found: 'ours' | 'foreign' | 'nobody', port: number): string {
  if (found === 'ours') return `The proxy on port ${port} has stopped.`;
  return found === 'nobody'
    ? `No proxy runs on port ${port}.`
    : `No proxy runs on port ${port}; another program has the port.`;
}
