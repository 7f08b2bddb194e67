import type { LoadedConfiguration } from '../config/index.ts';
import type { Registry } from '../registry/index.ts';

/** What a proxy is started with. */
export interface ProxyOptions {
  readonly configuration: LoadedConfiguration;
  /** Loads the configuration anew from where it came from. Absent: it does not change while the proxy runs. */
  readonly reload?: () => Promise<LoadedConfiguration>;
  /** Where the proxy variables of the network are looked up. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where key variables are looked up. */
  readonly keys: NodeJS.ProcessEnv;
  readonly registry: Registry;
  /** Collects the plugins' contributions anew, for plugins that are installed while the proxy runs. */
  readonly collectAgain?: () => Promise<Registry>;
  /** The install's token. */
  readonly token: string;
  /** Where the history of exchanges is kept. Absent: it ends with the proxy. */
  readonly stateFolder?: string;
  /** Where lists of models of providers are remembered. Absent: only what plugins say of models counts. */
  readonly cacheFolder?: string;
  readonly version: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /**
   * How long after its start the proxy may meet clients whose sessions come back to it only now, in milliseconds.
   * Default 0.
   */
  readonly youthMs?: number;
  /** Takes one line of the log, without its line feed. */
  readonly log: (line: string) => void;
  /** How many of them could not be written. Absent: all were. */
  readonly droppedLines?: () => number;
}

/** A proxy that serves. */
export interface RunningProxy {
  readonly host: string;
  readonly port: number;
  /** Takes every secret of this proxy out of a text. */
  readonly scrub: (text: string) => string;
  /** Settles when the proxy has ended, also by its private stop route. */
  readonly stopped: Promise<void>;
  /** Stops accepting, lets running answers finish for `timeouts.drain_s`, then ends them with an error. */
  stop(): Promise<void>;
}
