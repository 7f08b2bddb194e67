import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {
  listModels,
  modelCells,
  namedRows,
  printedModel,
  refreshPublic,
  usesOf,
  type PrintedModels,
} from '../catalogue/index.ts';
import { launchesWithoutProxy, printable, readKeys, type Configuration } from '../config/index.ts';
import { failure, isClaudexError } from '../errors/index.ts';
import { createNodeFetchClient } from '../http/index.ts';
import { settleOnce } from '../local/index.ts';
import { collectRegistry } from '../registry/index.ts';
import { bindProfile, type BoundProfile } from '../router/index.ts';
import { ClaudexCommand, tableFor, type Column } from '../terminal/index.ts';

const COLUMNS: readonly Column[] = [
  { title: 'MODEL', cut: 'start' },
  { title: 'WINDOW/OUT', align: 'right' },
  { title: '$ IN/OUT', align: 'right' },
  { title: 'IMAGES' },
  { title: 'SOURCE', cut: 'end' },
  { title: 'USED FOR', cut: 'end' },
  { title: 'TITLE', cut: 'end' },
];
/** From so many columns on there is room for the titles. */
const ROOM = 100;

export default class Models extends ClaudexCommand {
  static override summary = 'List models with their sizes and prices';
  static override description =
    'With a profile: what its provider lists, asked at most once a day. Without one: the models that the enabled profiles name, without asking anybody. WINDOW/OUT are its context, or its longest prompt where that is less, and its longest answer in tokens, $ IN/OUT what a million tokens cost in US dollars; "-" is unknown. SOURCE says where that is from: "override" (the profile), "live" or "cached" (the provider), "public" (the public list that [catalogue] fetches), "plugin".';
  static override examples = [
    '<%= config.bin %> models',
    '<%= config.bin %> models demo',
    { command: '<%= config.bin %> models demo --refresh', description: 'Ask the provider now' },
  ];
  static override enableJsonFlag = true;
  static override args = {
    profile: Args.string({ description: 'the profile whose provider is meant', ignoreStdin: true }),
  };
  static override flags = {
    refresh: Flags.boolean({ description: 'ask the providers although their lists of today are known' }),
  };

  async run(): Promise<{ profiles: PrintedModels[] }> {
    const { args, flags } = await this.parse(Models);
    const { values } = await this.load(flags);
    const bound = await this.#bind(args.profile, values);
    const isNamed = args.profile !== undefined;
    if (flags.refresh) await this.#refreshPublic(values);
    const profiles = await Promise.all(bound.map((profile) => this.#list(profile, isNamed, flags.refresh)));
    for (const line of linesOf(profiles, isNamed)) this.log(line);
    return { profiles };
  }

  /** The public list, where it is wanted; the lists of providers are looked at with it. */
  async #refreshPublic({ catalogue: { refresh, url } }: Configuration): Promise<void> {
    if (!refresh) return;
    const client = createNodeFetchClient(process.env);
    const { signal } = new AbortController();
    const providers = (await collectRegistry(this.config)).providers.values();
    const { cache: cacheFolder } = this.directories;
    try {
      const outcome = await refreshPublic({ client, providers, cacheFolder, signal, url, force: true });
      if (typeof outcome === 'object') this.note(outcome.problem);
    } finally {
      client.close();
    }
  }

  /** The profile of that name, or every enabled one that can be bound; what is wrong with the others is told. */
  async #bind(name: string | undefined, values: Configuration): Promise<BoundProfile[]> {
    const registry = await collectRegistry(this.config);
    const meant = values.profiles.filter((profile) => (name === undefined ? profile.enabled : profile.name === name));
    const { keys, warnings } = await readKeys(meant, process.env, this.directories.state);
    this.note(...registry.warnings, ...warnings);
    if (name !== undefined) {
      const [configured] = meant;
      if (configured && launchesWithoutProxy(configured)) throw withoutList(name);
      const { cache: cacheFolder } = this.directories;
      const io = { descriptors: registry, keys, cacheFolder, environment: process.env };
      // Without its server there is still something to be said of a profile that stands in the configuration.
      const settled = await settleOnce(name, values, io).catch((error: unknown) => {
        if (configured && isClaudexError(error)) return values;
        throw error;
      });
      return [bindProfile(name, settled, registry, keys)];
    }
    return meant.flatMap((profile) => {
      if (launchesWithoutProxy(profile)) return [];
      try {
        return [bindProfile(profile.name, values, registry, keys)];
      } catch (error) {
        if (!isClaudexError(error)) throw error;
        this.note(error.message);
        return [];
      }
    });
  }

  async #list(bound: BoundProfile, isNamed: boolean, refresh: boolean): Promise<PrintedModels> {
    const { cache: cacheFolder } = this.directories;
    const list = isNamed || refresh ? await this.#ask(bound, refresh) : undefined;
    const rows = isNamed && list ? list.models : namedRows(bound, cacheFolder);
    return {
      profile: bound.profile.name,
      fetched_at: list?.fetchedAt ?? null,
      models: rows.map((row) => printedModel(row, usesOf(bound, row.id))),
    };
  }

  async #ask(bound: BoundProfile, refresh: boolean): ReturnType<typeof listModels> {
    const client = createNodeFetchClient(process.env);
    const { signal } = new AbortController();
    try {
      const list = await listModels(bound, { client, cacheFolder: this.directories.cache, signal, refresh });
      if (list.note !== undefined) this.note(printable(list.note));
      return list;
    } finally {
      client.close();
    }
  }
}

function linesOf(profiles: readonly PrintedModels[], isNamed: boolean): string[] {
  const shown = process.stdout.isTTY && process.stdout.columns < ROOM ? COLUMNS.slice(0, -1) : COLUMNS;
  const rows = profiles.flatMap(({ profile, models }) =>
    models.map((model) => modelCells(model, isNamed ? model.id : `${profile}/${model.id}`).map(printable)),
  );
  if (rows.length === 0) return ['No enabled profile names a model. "claudex models demo" needs no configuration.'];
  return tableFor(
    process.stdout,
    shown,
    rows.map((row) => row.slice(0, shown.length)),
  );
}

function withoutList(name: string): Error {
  return failure(
    'models-unlisted',
    `profile "${name}" uses the login of claude, which lists its models itself`,
    `Run "claudex run ${name}" and enter /model.`,
  );
}
