import type { Script, Theatre } from './theatre.ts';

/** Something users do, with what must be true afterwards. */
export interface Scenario {
  /** How the table calls it. */
  readonly title: string;
  readonly script: Script;
  /** Plays it and throws when anything is not as it should be. */
  play(theatre: Theatre): Promise<void>;
}
