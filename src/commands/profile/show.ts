import * as Args from '@oclif/core/args';
import {
  launchesWithoutProxy,
  masked,
  printable,
  provenanceOf,
  readKeys,
  secretsOf,
  type LoadedConfiguration,
} from '../../config/index.ts';
import { settleOnce } from '../../local/index.ts';
import { collectRegistry } from '../../registry/index.ts';
import { bindProfile, describeProfile, LOCAL, type DescribedSlot } from '../../router/index.ts';
import { ClaudexCommand, tableFor, type Column } from '../../terminal/index.ts';

/** Everything about a profile. `origins` says of each value that somebody set where that is. */
type Facts = {
  readonly slots?: { readonly [slot: string]: DescribedSlot };
  readonly [name: string]: unknown;
};

/** Where a value comes from: a place in a file or the name of a variable, `default`, or `provider`. */
type Origin = (path: readonly string[]) => string;

const COLUMNS: readonly Column[] = [{ title: 'KEY' }, { title: 'VALUE', cut: 'end' }, { title: 'FROM', cut: 'start' }];

const SLOT_COLUMNS: readonly Column[] = [
  { title: 'SLOT' },
  { title: 'MODEL', cut: 'end' },
  { title: 'WINDOW', align: 'right' },
  { title: 'OUTPUT', align: 'right' },
  { title: 'SOURCE' },
];

/** What the program works out, so that nobody has set it. */
const WORKED_OUT: ReadonlySet<string> = new Set(['built_in', 'provider_title', 'protocol', 'credential']);

/** Keys that all profiles share unless one says otherwise. */
const SHARED: ReadonlySet<string> = new Set(['timeouts', 'breaker']);

export default class ProfileShow extends ClaudexCommand {
  static override summary = 'Show everything about a profile';
  static override description =
    'Shows the profile as it is used, with what its provider fills in, the window and the output limit of every model, and where each value comes from. Secrets are masked; of a key it is said where it is kept.';
  static override examples = ['<%= config.bin %> profile show demo', '<%= config.bin %> profile show work --json'];
  static override enableJsonFlag = true;
  static override args = {
    profile: Args.string({ required: true, description: 'name of the profile', ignoreStdin: true }),
  };

  async run(): Promise<Facts> {
    const { args, flags } = await this.parse(ProfileShow);
    const loaded = await this.load(flags);
    const facts = await this.#factsOf(args.profile, loaded);
    const from = originsIn(loaded, args.profile);
    const { slots = {}, ...single } = facts;
    const rows = Object.entries(single).flatMap(([name, value]) => rowsOf([name], value, from));
    const lines = tableFor(process.stdout, COLUMNS, rows);
    const slotRows = Object.entries(slots).map(([slot, known]) => slotCells(slot, known));
    if (slotRows.length > 0) lines.push('', ...tableFor(process.stdout, SLOT_COLUMNS, slotRows));
    for (const line of lines) this.log(line);
    const origins = rows.flatMap(([key = '', , origin = '']) => (origin === '' ? [] : [[key, origin] as const]));
    return { ...facts, origins: Object.fromEntries(origins) };
  }

  async #factsOf(name: string, { values }: LoadedConfiguration): Promise<Facts> {
    const registry = await collectRegistry(this.config);
    const configured = values.profiles.find((profile) => profile.name === name);
    // Nobody is to unlock a keyring for the sake of another profile.
    const own = configured === undefined ? [] : [configured];
    const { keys, warnings } = await readKeys(own, process.env, this.directories.state);
    this.note(...registry.warnings, ...warnings);
    if (configured && launchesWithoutProxy(configured)) {
      const shown = masked(configured, secretsOf(values, keys));
      return { ...shown, credential: { source: 'the login of claude itself' } };
    }
    const { cache: cacheFolder } = this.directories;
    const io = { descriptors: registry, keys, cacheFolder, environment: process.env };
    // Of a configured profile it is shown what stands there, whether its server runs or not.
    const whole = configured === undefined && name === LOCAL ? await settleOnce(name, values, io) : values;
    const bound = bindProfile(name, whole, registry, keys);
    const { namedRows } = await import('../../catalogue/index.ts');
    const { credential, ...settings } = describeProfile(bound, namedRows(bound, cacheFolder));
    // What is said of the credential is no secret, whatever its names look like.
    return { ...masked(settings, secretsOf(values, keys, [bound.credential.value])), credential };
  }
}

function originsIn(loaded: LoadedConfiguration, name: string): Origin {
  const index = loaded.values.profiles.findIndex((profile) => profile.name === name);
  return (path) => {
    const [key = ''] = path;
    if (index === -1 || WORKED_OUT.has(key)) return '';
    const own = provenanceOf(loaded, ['profiles', index, ...path]);
    const found = own ?? (SHARED.has(key) ? provenanceOf(loaded, path) : undefined);
    return found === undefined ? 'provider' : (found.where ?? 'default');
  };
}

/** One row per value; tables are spread out, and what is not set is left out. */
function rowsOf(path: readonly string[], value: unknown, from: Origin): string[][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value) && value.length === 0) return [];
  if (typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, below]) => rowsOf([...path, key], below, from));
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value);
  return [[path.join('.'), text, from(path)].map(printable)];
}

function slotCells(slot: string, { model, context_window, max_output_tokens, source }: DescribedSlot): string[] {
  return [slot, model, context_window, max_output_tokens, source].map((cell) => printable(`${cell ?? '-'}`));
}
