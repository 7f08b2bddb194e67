import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProxyProcess, type ProcessSettings, type ProxyProcess } from '../../../faults/support/proxy-process.ts';
import { waitUntil } from '../../../support/wait-until.ts';

/** What `/status` says of the configuration. */
export interface ConfigurationStatus {
  readonly loaded_at: string;
  readonly problem: { readonly message: string } | null;
  readonly restart_needed: readonly string[];
}

/** A proxy in a process of its own, whose configuration a test changes. */
export interface ReloadingProxy {
  readonly process: ProxyProcess;
  /** Sends a request with the token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Asks a profile for an answer. */
  ask(profile: string, stream?: boolean): Promise<Response>;
  configuration(): Promise<ConfigurationStatus>;
  /** The default model of every profile as the list of models has it: `profile/model`. */
  models(): Promise<string[]>;
  /** How many lines of the log have this event; a line that goes to two places is one. */
  logged(event: string): number;
  /** Waits for a problem whose message matches. */
  refuses(message: RegExp): Promise<void>;
  /** Waits until the list of models is this one. */
  serves(...models: string[]): Promise<void>;
}

/** Starts it. The global file is that of the process's home. */
export async function startReloading(settings: ProcessSettings): Promise<ReloadingProxy> {
  const process = await startProxyProcess(settings);
  const token = await readFile(join(process.home.home, '.local/share/claudex/state/proxy-token'), 'utf8');
  const send = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${process.port}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
    });
  const configuration = async (): Promise<ConfigurationStatus> =>
    ((await (await send('/status')).json()) as { configuration: ConfigurationStatus }).configuration;
  const models = async (): Promise<string[]> => {
    const { data } = (await (await send('/v1/models')).json()) as { data: Record<string, string>[] };
    const plain = data.filter(({ id = '' }) => !id.startsWith('claude-via-'));
    return plain.map((model) => `${model['x-claudex-profile']}/${model['id']}`);
  };
  return {
    process,
    fetch: send,
    ask: (profile, stream = false) =>
      send(`/proxy/${profile}/v1/messages`, {
        method: 'POST',
        body: JSON.stringify({ model: 'opus', max_tokens: 9, stream, messages: [{ role: 'user', content: 'hello' }] }),
      }),
    configuration,
    models,
    logged(event) {
      const lines = process.output().split('\n');
      return new Set(lines.filter((line) => line.includes(`"event":"${event}"`))).size;
    },
    async refuses(message) {
      await waitUntil(`a problem like ${message}`, async () =>
        message.test((await configuration()).problem?.message ?? ''),
      );
    },
    async serves(...wanted) {
      const text = JSON.stringify(wanted);
      await waitUntil(`the models ${text}`, async () => JSON.stringify(await models()) === text, 20_000);
    },
  };
}

/** A profile that speaks Chat Completions. */
export function profile(name: string, url: string, model: string): string {
  return `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}"\ndefault_model = "${model}"\n`;
}
