import type { Json, JsonObject } from './json.ts';
import type { ModelFacts } from './model-facts.ts';

/** What `Provider.describeModels` may use. */
export interface DescribeIo {
  /** What the provider's list says of its models, in its order. */
  readonly listed: readonly ModelFacts[];
  /** Ids that the profile names. */
  readonly wanted: readonly string[];
  /**
   * Asks the provider with the profile's credential, by GET, or with a body by POST. The path, e.g. `/api/ps`, is put
   * behind the base URL without the `/v1` at its end. Undefined for anything but a success in JSON, and when time is up.
   * Never rejects.
   */
  readonly ask: (path: string, body?: JsonObject) => Promise<Json | undefined>;
}

/** A server that people run themselves, and what they have to know of it. Commands are written as they are typed. */
export interface LocalServer {
  /** Place in the order of `claudex run local`: of several that run the one with the lowest number is used. */
  readonly rank: number;
  /** How it is started, e.g. `ollama serve`. */
  readonly start: string;
  /** How it gets a model, e.g. `ollama pull qwen3-coder`. */
  readonly addModel: string;
  /** How it is given a window that is large enough for Claude Code. */
  readonly widen: string;
  /** Whether it cuts a prompt that does not fit instead of refusing it. Default false. */
  readonly truncates?: boolean;
}
