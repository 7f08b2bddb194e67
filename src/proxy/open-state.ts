import { cachedFacts } from '../catalogue/index.ts';
import { createScrubber } from '../errors/index.ts';
import { Cooldowns } from '../failover/index.ts';
import { createExchangeClient, proxySecrets } from '../http/index.ts';
import type { BoundProfile } from '../router/index.ts';
import { loadCooldowns, openHistory, saveCooldown, type ServerHistory, type StateStore } from '../state/index.ts';
import { Counters } from './counters.ts';
import { createFailoverState } from './failover-state.ts';
import { RefusalMemory } from './heal/refusal-memory.ts';
import { keysOf } from './keys-of.ts';
import { LocalServers } from './local-servers.ts';
import { jsonLog } from './log.ts';
import { Observation } from './observe/observation.ts';
import { ProfileDirectory } from './profile-directory.ts';
import { PublicCatalogue } from './public-catalogue.ts';
import { ProviderReach } from './provider-reach.ts';
import type { ProxyOptions } from './proxy-options.ts';
import type { ProxyState } from './proxy-state.ts';
import { PromptMeter } from './tokens/prompt-meter.ts';

/** What of a proxy's state does not need to know where it listens, nor how it ends. */
export type OpenState = Pick<
  ProxyState,
  | 'version'
  | 'token'
  | 'registry'
  | 'profiles'
  | 'local'
  | 'upstream'
  | 'reach'
  | 'counters'
  | 'failover'
  | 'observers'
  | 'history'
  | 'observation'
  | 'refusals'
  | 'meter'
  | 'scrubber'
> & {
  readonly log: ReturnType<typeof jsonLog>;
  /** Lets go of everything that was opened. */
  close(): Promise<void>;
};

/** Opens everything that requests will need. */
export async function openState(options: ProxyOptions): Promise<OpenState> {
  const { values } = options.configuration;
  const { registry, version } = options;
  const token = values.proxy_token ?? options.token;
  const scrubber = createScrubber();
  const know = (secret: string): void => scrubber.know(secret);
  for (const secret of [token, ...proxySecrets(options.environment)]) know(secret);
  const log = jsonLog(options.log, values.log_level, scrubber);
  const { keys, warnings } = await keysOf(options, values);
  for (const message of warnings) log({ level: 'warn', event: 'warning', message });
  const base = { configuration: values, keys };
  const { cacheFolder } = options;
  const factsOf = cacheFolder === undefined ? undefined : (bound: BoundProfile) => cachedFacts(bound, cacheFolder);
  const profiles = new ProfileDirectory(base, registry, options.collectAgain, know, factsOf);
  let paused: ReadonlyMap<string, number> = new Map();
  const opening = openHistory({
    stateFolder: options.stateFolder,
    days: () => profiles.base.configuration.history.days,
    scrub: (text) => scrubber.scrub(text),
    warn: (message) => log({ level: 'warn', event: 'warning', message }),
    atStart: async (store) => {
      paused = await loadCooldowns(store);
    },
  });
  const upstream = await createExchangeClient(options.environment);
  const reach = new ProviderReach({ log, client: upstream, tellSecret: know });
  const local = new LocalServers({ profiles, client: upstream, cacheFolder });
  const catalogue = new PublicCatalogue({ profiles, client: upstream, cacheFolder, log });
  const counters = new Counters();
  const kept = await opening;
  const failover = createFailoverState(keptCooldowns(kept.store, paused));
  const observation = new Observation({
    log,
    counters,
    breakers: () => failover.circuits.snapshot(),
    droppedLines: options.droppedLines ?? (() => 0),
    droppedReports: () => kept.history.dropped,
  });
  return {
    version,
    token,
    registry,
    profiles,
    local,
    upstream,
    reach,
    counters,
    failover,
    observation,
    log,
    scrubber,
    observers: [(report) => observation.take(report), kept.history.record],
    history: kept.history,
    refusals: new RefusalMemory(),
    meter: new PromptMeter(log),
    close: () => {
      catalogue.close();
      local.close();
      return close({ reach, upstream, observation }, kept);
    },
  };
}

/** Pauses that providers asked for last from one proxy to the next. */
function keptCooldowns(store: StateStore, paused: ReadonlyMap<string, number>): Cooldowns {
  // What cannot be written is forgotten with this process, which is all that happens.
  const cooldowns = new Cooldowns((key, until) => void saveCooldown(store, key, until).catch(() => undefined));
  for (const [key, until] of paused) cooldowns.restore(key, until);
  return cooldowns;
}

async function close(
  { reach, upstream, observation }: Pick<OpenState, 'reach' | 'upstream' | 'observation'>,
  kept: ServerHistory,
): Promise<void> {
  try {
    await reach.stop();
  } finally {
    upstream.close();
    observation.close();
    await kept.close();
  }
}
