import type { Daemon } from './daemon.ts';

/** A session that is connected to a daemon, as that describes it. Times in seconds, `null` for what is not known. */
export interface RunningSession {
  /** A profile's name, or `auto`. */
  readonly profile: string;
  readonly pid: number | null;
  readonly folder: string | null;
  readonly age_s: number | null;
  /** Since its last answer. */
  readonly idle_s: number | null;
  /** The profile and the model that answered last. */
  readonly served_by: string | null;
  readonly model: string | null;
  /** Claude Code's own id of the conversation. */
  readonly client_session: string | null;
  /** Its name in the history and the log, at the provider that answered last. */
  readonly session: string | null;
  readonly requests: number;
  /** Tokens that no cache has served. */
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
}

/** Asks a daemon for one of its sessions; `undefined` when it has none of this id, or is gone, or does not answer in time. */
export async function readSession(daemon: Daemon, id: string, limitMs: number): Promise<RunningSession | undefined> {
  try {
    const response = await daemon.call({
      method: 'GET',
      path: `/-/sessions/${id}`,
      signal: AbortSignal.timeout(limitMs),
    });
    return readRunningSession(await response.json());
  } catch {
    // Whatever went wrong, there is nothing to be shown.
    return undefined;
  }
}

/** Reads the description of a session. What an older daemon does not say is not known, or 0. */
export function readRunningSession(value: unknown): RunningSession {
  const fields = typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : {};
  const text = (name: string): string | null => {
    const field = fields[name];
    return typeof field === 'string' ? field : null;
  };
  const figure = (name: string): number | null => {
    const field = fields[name];
    return typeof field === 'number' ? field : null;
  };
  return {
    profile: text('profile') ?? '',
    pid: figure('pid'),
    folder: text('folder'),
    age_s: figure('age_s'),
    idle_s: figure('idle_s'),
    served_by: text('served_by'),
    model: text('model'),
    client_session: text('client_session'),
    session: text('session'),
    requests: figure('requests') ?? 0,
    input_tokens: figure('input_tokens') ?? 0,
    output_tokens: figure('output_tokens') ?? 0,
    cache_read_input_tokens: figure('cache_read_input_tokens') ?? 0,
    cache_creation_input_tokens: figure('cache_creation_input_tokens') ?? 0,
  };
}
