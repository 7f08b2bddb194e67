/** Whether a profile could be used now. `keyring`: its key is in the keyring, which was not asked. `login`: claude's own. */
export type Readiness = 'ready' | 'keyring' | 'login' | 'key-missing' | 'unusable';

/** A profile at a glance. */
export interface ProfileGlance {
  readonly name: string;
  /** `null` where claude chooses. */
  readonly model: string | null;
  readonly enabled: boolean;
  readonly readiness: Readiness;
  /** What is missing, in one sentence; `null` when nothing is. */
  readonly problem: string | null;
}

/** The proxy at a glance; `running` is `null` for a port that does not answer in time. */
export interface ProxyGlance {
  readonly running: boolean | null;
  readonly port: number;
  readonly version: string | null;
  readonly sessions: number;
  /** Who else has the port, in one sentence; `null` when nobody has. */
  readonly problem: string | null;
}

/** The last request that was kept. */
export interface LastUse {
  /** ISO 8601. */
  readonly at: string;
  readonly profile: string;
  readonly model: string;
}

/** What `claudex` alone shows. */
export interface Overview {
  readonly version: string;
  readonly profiles: readonly ProfileGlance[];
  /** The one that serves requests which name none; `null` when no profile is enabled. */
  readonly default_profile: string | null;
  readonly proxy: ProxyGlance;
  readonly last_use: LastUse | null;
  /** The command that comes next. */
  readonly next: string;
}
