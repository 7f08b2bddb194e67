import { createExchangeClient } from '../../../../src/http/index.ts';
import type { Protocol, Provider } from '@claudex/sdk';
import { HealthProbes, type Health } from '../../../../src/proxy/health/health-probes.ts';
import { ProfileDirectory } from '../../../../src/proxy/profile-directory.ts';
import { ProviderReach } from '../../../../src/proxy/provider-reach.ts';
import { loadedFrom } from '../../../support/configuration.ts';
import { registryOf } from '../../../support/registry.ts';
import { serve, type TestServer } from '../../../support/serve.ts';
import { waitUntil } from '../../../support/wait-until.ts';

/** Health probes without a proxy around them, and a provider that sees them. */
export interface HealthBench extends AsyncDisposable {
  readonly upstream: TestServer;
  /** How the provider answers; `undefined`: not at all. */
  answer: { readonly status: number; readonly headers?: { readonly [name: string]: string } } | undefined;
  /** Probes that are open now, and the most there ever were. */
  readonly open: () => number;
  readonly most: () => number;
  readonly directory: ProfileDirectory;
  readonly probes: HealthProbes;
  readonly reach: ProviderReach;
  stop(): void;
  /** Requests are served by these profiles of the base. */
  use(...names: string[]): void;
  /** Another configuration takes the place of the base. */
  replace(toml: string): Promise<void>;
  /** Waits until the health of a profile is this. */
  becomes(name: string, wanted: Partial<Health>): Promise<Health>;
}

/** What is contributed besides the bundled protocols. */
interface Contributions {
  readonly providers?: readonly Provider[];
  readonly protocols?: readonly Protocol[];
}

/** A profile of Chat Completions at a path of its own. */
export function profileAt({ url }: TestServer, name: string, more = '', type = 'OpenAICompatible'): string {
  return `[[profiles]]\nname = "${name}"\nprovider_type = "${type}"\nbase_url = "${url}/${name}"\ndefault_model = "m"\n${more}`;
}

/** Makes a {@link HealthBench}; the configuration may name the provider's address. */
export async function healthBench(
  toml: (upstream: TestServer) => string,
  contributions: (upstream: TestServer) => Contributions = () => ({}),
): Promise<HealthBench> {
  let [open, most] = [0, 0];
  const upstream = await serve((_request, response) => {
    most = Math.max(most, (open += 1));
    response.once('close', () => (open -= 1));
    if (bench.answer) response.writeHead(bench.answer.status, bench.answer.headers).end('{}');
  });
  const stopping = new AbortController();
  const client = await createExchangeClient({});
  const { providers, protocols } = contributions(upstream);
  const { values: configuration } = await loadedFrom(toml(upstream));
  const directory = new ProfileDirectory({ configuration, keys: {} }, registryOf(providers, protocols));
  const reach = new ProviderReach({ log: () => undefined, client });
  const probes = new HealthProbes({ profiles: directory, upstream: client, reach, stopping: stopping.signal });
  const bench: HealthBench = {
    upstream,
    answer: { status: 200 },
    open: () => open,
    most: () => most,
    directory,
    probes,
    reach,
    stop: () => stopping.abort(),
    use: (...names) => names.forEach((name) => probes.used(directory.find(name, directory.base))),
    async replace(changed) {
      directory.replaceBase({ configuration: (await loadedFrom(changed)).values, keys: {} });
      probes.follow();
    },
    becomes: (name, wanted) =>
      waitUntil(`the health of ${name} to be ${JSON.stringify(wanted)}`, () => {
        const health = probes.of(name);
        return Object.entries(wanted).every(([key, value]) => health[key as keyof Health] === value) && health;
      }),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await reach.stop();
      client.close();
      await upstream.stop();
    },
  };
  return bench;
}
