import { randomBytes } from 'node:crypto';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { cachedFacts } from '../catalogue/index.ts';
import { readKeys, type Configuration } from '../config/index.ts';
import { usageError } from '../errors/index.ts';
import * as launcher from '../launcher/index.ts';
import { localAdvice, settleOnce } from '../local/index.ts';
import { collectRegistry, type Registry } from '../registry/index.ts';
import { involvedProfiles, isAnthropic, profileToRun } from '../router/index.ts';
import { readOrCreateProxyToken } from '../state/index.ts';
import { ClaudexCommand } from '../terminal/index.ts';

type Planned = launcher.PlannedLaunch & { readonly keys: { readonly [variable: string]: string } };

export default class Run extends ClaudexCommand {
  static override summary = 'Start Claude Code on a profile';
  static override description =
    'The first argument after the profile that is not a flag of ours starts the arguments of claude; from there on everything is passed on as it is. The exit code is the one of claude. "auto" stands for the profile of the router\'s rule "default" while router.enabled is set, else for the default profile. "local", unless a profile has this name, is the first server on this machine that runs and has a model: Ollama (also where OLLAMA_HOST says), LM Studio, llama.cpp, vLLM, in this order; of its models one that calls tools, is loaded and has a large enough window.';
  static override examples = [
    '<%= config.bin %> run demo',
    '<%= config.bin %> run demo -m demo-tools -p "what is in this folder?"',
    { command: '<%= config.bin %> run auto', description: 'Start the default profile' },
    { command: '<%= config.bin %> run local', description: 'Use the server that runs on this machine' },
    { command: '<%= config.bin %> run demo --dry-run', description: 'Show what would be started' },
  ];
  static override usage = 'run PROFILE [-m MODEL] [--hyperlinks] [--dry-run] [--config PATH] [ARGUMENTS OF CLAUDE]';
  static override strict = false;
  static override enableJsonFlag = true;
  static override args = {
    profile: Args.string({
      required: true,
      description:
        'name of the profile, or "auto"; "demo" works without an account, "local" with a server on this machine',
    }),
  };
  static override flags = {
    model: Flags.string({ char: 'm', helpValue: 'MODEL', description: 'model to start with; an alias is resolved' }),
    hyperlinks: Flags.boolean({
      description: 'tell claude that the terminal shows links; nothing else is made clickable yet',
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
    const { values } = await this.load({ config: given.configFile });
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const launch: Planned = {
      ...(await this.#profileOf(given.profile, values, registry, given.model)),
      address: given.profile,
      environment: process.env,
      hyperlinks: given.hyperlinks,
      ...(given.model === undefined ? {} : { model: given.model }),
      executable: await launcher.findClaude(values.claude_binary, process.env),
      claudeArguments: launcher.claudeArgumentsOf(given.claudeArguments),
    };
    if (given.hyperlinks) this.note(launcher.HYPERLINKS_NOTICE);
    if (given.dryRun) return this.#show(launch);
    if (launch.direct) process.exitCode = await launcher.runWithoutProxy(launch);
    else await this.#runThroughProxy(launch, registry, given);
    return undefined;
  }

  /**
   * Finds the profile and makes sure that it can be used, before anything is started. The configuration that comes back
   * says what a running server had to be asked for, so that the proxy does not decide otherwise.
   */
  async #profileOf(name: string, values: Configuration, registry: Registry, model: string | undefined) {
    const involved = involvedProfiles(name, values);
    const { keys, warnings } = await readKeys(involved, process.env, this.directories.state);
    this.note(...warnings);
    const { cache: cacheFolder } = this.directories;
    const io = { descriptors: registry, keys, cacheFolder, environment: process.env };
    const { model_aliases: aliases } = values;
    const wanted = model !== undefined && Object.hasOwn(aliases, model) ? aliases[model] : model;
    const configuration = await settleOnce(name, values, io, wanted);
    const found = profileToRun(name, configuration, registry, keys);
    if (found.direct) {
      const bound = launcher.subscriptionProfile(found.profile);
      return { bound, configuration, anthropic: true, direct: true, keys: {} };
    }
    const bound = { ...found.bound, knownModels: cachedFacts(found.bound, cacheFolder) };
    const chosen = { bound, configuration, ...(model === undefined ? {} : { model }) };
    this.note(...localAdvice(bound, launcher.launchedModel(chosen)));
    return {
      bound,
      configuration,
      anthropic: isAnthropic(bound),
      direct: false,
      keys: launcher.sessionKeys(found.involved, keys),
    };
  }

  async #runThroughProxy(launch: Planned, registry: Registry, given: launcher.RunArguments): Promise<void> {
    const { state: stateFolder } = this.directories;
    const terminal = { stdin: process.stdin.isTTY, stdout: process.stdout.isTTY };
    const interactive = launcher.isInteractive(given.claudeArguments, terminal) && process.stderr.isTTY;
    if (interactive) this.note(launcher.capabilitiesLine(launch));
    const { code, conversation } = await launcher.runThroughProxy({
      ...launch,
      interactive,
      sessionId: randomBytes(16).toString('hex'),
      keyVariables: launcher.keyVariables(launch.configuration.profiles, registry.providers.values()),
      token: launch.configuration.proxy_token ?? (await readOrCreateProxyToken(stateFolder)),
      version: this.config.version,
      programRoot: this.config.root,
      stateFolder,
      workingFolder: this.workingFolder,
      notice: (line) => this.note(line),
    });
    process.exitCode = code;
    if (conversation !== undefined) this.note(launcher.resumeHint(given, conversation));
  }

  #show(launch: launcher.PlannedLaunch): launcher.LaunchDescription {
    const description = launcher.describeLaunch(launch);
    for (const line of launcher.shellLines(description)) this.log(line);
    return description;
  }
}
