import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {
  maskedAt,
  maskedProvenance,
  printable,
  printableLines,
  profileNotFound,
  provenanceOf,
  readPath,
  secretsOfLayers,
  valueAt,
  type Configuration,
  type Origin,
  type Path,
  type Provenance,
} from '../../config/index.ts';
import { failure, isClaudexError } from '../../errors/index.ts';
import { ClaudexCommand } from '../../terminal/index.ts';

/** What `claudex config get --json` prints. */
interface GottenKey {
  readonly key: string;
  readonly value: unknown;
  readonly origin?: Provenance;
}

export default class ConfigGet extends ClaudexCommand {
  static override summary = 'Print one value of the configuration';
  static override description =
    'A key is written with dots: "timeouts.idle_s". Profiles go by their name or their place, other lists by their place; a name with a dot in it stands in quotes. Texts are printed as they are, tables and lists as JSON, secrets masked.';
  static override examples = [
    '<%= config.bin %> config get proxy_port',
    '<%= config.bin %> config get profiles.openai.default_model',
    { command: '<%= config.bin %> config get log_level --origin', description: 'Who says so, and what is overridden' },
  ];
  static override enableJsonFlag = true;
  static override args = {
    key: Args.string({ required: true, description: 'the key, with dots', ignoreStdin: true }),
  };
  static override flags = {
    origin: Flags.boolean({ description: 'say where the value comes from and what it overrides' }),
  };

  async run(): Promise<GottenKey> {
    const { args, flags } = await this.parse(ConfigGet);
    const loaded = await this.load(flags);
    const path = pathOf(args.key, loaded.values);
    const found = valueAt(loaded.values, path);
    if (found === undefined) throw notSet(args.key);
    const secrets = secretsOfLayers(loaded, process.env);
    const value = maskedAt(path, found, secrets);
    const provenance = flags.origin ? provenanceOf(loaded, path) : undefined;
    this.log(asText(value));
    if (provenance === undefined) return { key: args.key, value };
    const origin = maskedProvenance(provenance, path, secrets);
    this.log(`  from ${placeOf(origin)}`);
    for (const overridden of origin.overrides)
      this.log(`  instead of ${printable(JSON.stringify(overridden.value))} from ${placeOf(overridden)}`);
    return { key: args.key, value, origin };
  }
}

/** An unknown key is a failed look-up here; where something is changed, it is wrong usage. */
function pathOf(key: string, values: Configuration): Path {
  try {
    const path = readPath(key, values);
    if (path[0] === 'profiles' && typeof path[1] === 'string') throw profileNotFound(path[1], values);
    return path;
  } catch (error) {
    if (!isClaudexError(error) || error.exitCode !== 2) throw error;
    throw failure(error.code, error.message, error.remedy, error);
  }
}

function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return process.stdout.isTTY ? printableLines(text) : text;
}

function placeOf({ layer, where }: Origin): string {
  return where === undefined ? 'the defaults' : `${printable(where)} (${layer})`;
}

function notSet(key: string): Error {
  return failure(
    'key-not-set',
    `${printable(key)} is not set`,
    `"claudex config set ${printable(key)} VALUE" sets it; "claudex config show" lists what is set.`,
  );
}
