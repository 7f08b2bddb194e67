import { ClaudexCommand } from '../terminal/index.ts';

/** What `--json` prints. */
interface Version {
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly node: string;
}

export default class VersionCommand extends ClaudexCommand {
  static override summary = 'Show the version';
  static override description = 'Prints what "--version" prints: the version, the platform, and the Node it runs on.';
  static override examples = ['<%= config.bin %> version', '<%= config.bin %> version --json'];
  static override enableJsonFlag = true;

  async run(): Promise<Version> {
    await this.parse(VersionCommand);
    const { name, version, platform, arch, userAgent } = this.config;
    this.log(userAgent);
    return { name, version, platform: `${platform}-${arch}`, node: process.version };
  }
}
