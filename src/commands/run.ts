import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { Configuration } from '../config/index.ts';
import { failure, usageError } from '../errors/index.ts';
import * as launcher from '../launcher/index.ts';
import { collectRegistry, type Registry } from '../registry/index.ts';
import { bindProfile, isAnthropic, launchesWithoutProxy, requireCredential } from '../router/index.ts';
import { readOrCreateProxyToken } from '../state/index.ts';
import { ClaudexCommand } from '../terminal/index.ts';

export default class Run extends ClaudexCommand {
  static override summary = 'Start Claude Code on a profile';
  static override description =
    'The first argument after the profile that is not a flag of ours starts the arguments of claude; from there on everything is passed on as it is. The exit code is the one of claude.';
  static override examples = [
    '<%= config.bin %> run demo',
    '<%= config.bin %> run demo -m demo-tools -p "what is in this folder?"',
    { command: '<%= config.bin %> run demo --dry-run', description: 'Show what would be started' },
  ];
  static override usage = 'run PROFILE [-m MODEL] [--hyperlinks] [--dry-run] [--config PATH] [ARGUMENTS OF CLAUDE]';
  static override strict = false;
  static override enableJsonFlag = true;
  static override args = {
    profile: Args.string({ required: true, description: 'name of the profile; "demo" works without an account' }),
  };
  static override flags = {
    model: Flags.string({ char: 'm', helpValue: 'MODEL', description: 'model to start with; an alias is resolved' }),
    hyperlinks: Flags.boolean({
      description: 'make paths and addresses clickable even where the terminal is not known to allow it',
    }),
    'dry-run': Flags.boolean({ description: 'print the command and the environment, start nothing' }),
  };

  /** `--json` behind the profile's own flags is one of claude's arguments. */
  override jsonEnabled(): boolean {
    return launcher.splitRunArguments(this.argv).json;
  }

  async run(): Promise<launcher.LaunchDescription | undefined> {
    // The parser of oclif would take flags out of claude's arguments.
    this.parsed = true;
    const given = launcher.splitRunArguments(this.argv);
    if (given.help) return this.config.runCommand('help', ['run']);
    if (given.profile === undefined || given.problem !== undefined) {
      throw usageError('usage', `${given.problem}`, '"claudex run --help" shows how it is used.');
    }
    const { values: configuration } = await this.load({ config: given.configFile });
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const launch = {
      ...findProfile(given.profile, configuration, registry),
      configuration,
      environment: process.env,
      hyperlinks: given.hyperlinks,
      ...(given.model === undefined ? {} : { model: given.model }),
      executable: await launcher.findClaude(configuration.claude_binary, process.env),
      claudeArguments: launcher.claudeArgumentsOf(given.claudeArguments),
    };
    if (given.dryRun) return this.#show(launch);
    process.exitCode = launch.direct
      ? await launcher.runWithoutProxy(launch)
      : await this.#runThroughProxy(launch, registry);
    return undefined;
  }

  async #runThroughProxy(
    launch: launcher.PlannedLaunch & { keys: { [variable: string]: string } },
    registry: Registry,
  ): Promise<number> {
    const { state: stateFolder } = this.directories;
    return launcher.runThroughProxy({
      ...launch,
      keyVariables: launcher.keyVariables(launch.configuration.profiles, registry.providers.values()),
      token: launch.configuration.proxy_token ?? (await readOrCreateProxyToken(stateFolder)),
      version: this.config.version,
      programRoot: this.config.root,
      stateFolder,
      workingFolder: this.workingFolder,
      notice: (line) => this.note(line),
    });
  }

  #show(launch: launcher.PlannedLaunch): launcher.LaunchDescription {
    const description = launcher.describeLaunch(launch);
    for (const line of launcher.shellLines(description)) this.log(line);
    return description;
  }
}

/** Finds the profile and makes sure that it can be used, before anything is started. */
function findProfile(name: string, configuration: Configuration, registry: Registry) {
  const configured = configuration.profiles.find((profile) => profile.name === name);
  if (configured?.enabled === false) {
    throw failure('profile-disabled', `profile "${name}" is disabled`, 'Set enabled = true in the profile.');
  }
  if (configured && launchesWithoutProxy(configured)) {
    return { bound: launcher.subscriptionProfile(configured), anthropic: true, direct: true, keys: {} };
  }
  const bound = bindProfile(name, configuration, registry, process.env);
  requireCredential(bound);
  const backups = bound.profile.backup_providers.flatMap((backup) => bindIfPossible(backup, configuration, registry));
  return {
    bound,
    anthropic: isAnthropic(bound),
    direct: false,
    keys: launcher.sessionKeys([bound, ...backups], process.env),
  };
}

/** A backup whose plugin is missing is no reason not to start. */
function bindIfPossible(name: string, configuration: Configuration, registry: Registry) {
  try {
    return [bindProfile(name, configuration, registry, process.env)];
  } catch {
    return [];
  }
}
