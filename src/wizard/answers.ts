/** Claude Code's slots that are asked for, small to large. */
export const SLOTS = ['haiku', 'sonnet', 'opus'] as const;

/** Slots that nobody is asked about; whoever has set them keeps them. */
export const OTHER_SLOTS = ['fable', 'subagent'] as const;

/** Models by slot. A slot that is absent uses what the provider, else the default model, says. */
export type SlotAnswers = { readonly [slot in (typeof SLOTS)[number] | (typeof OTHER_SLOTS)[number]]?: string };

/** Where a profile's key is, or is to be put. */
export type KeyAnswer =
  /** There is no key: servers on this machine want none. */
  | { readonly from: 'nowhere' }
  /** An environment variable holds it. */
  | { readonly from: 'variable'; readonly variable: string }
  /** An entry of the secret store has it already. */
  | { readonly from: 'entry'; readonly entry: string }
  /** To be put into the secret store. */
  | { readonly from: 'keyring'; readonly secret: string }
  /** To be written into the configuration as it is. */
  | { readonly from: 'file'; readonly secret: string };

/** Everything that is asked about a profile. */
export interface ProfileAnswers {
  readonly name: string;
  /** Id of a provider from a plugin; absent: the profile says everything itself. */
  readonly provider?: string;
  readonly providerType?: string;
  readonly baseUrl?: string;
  /** What only this provider has, such as a region, by name. */
  readonly options?: { readonly [name: string]: string };
  readonly key: KeyAnswer;
  /** Absent: the provider's own default. */
  readonly model?: string;
  readonly slots: SlotAnswers;
  /** Names of profiles. */
  readonly backups: readonly string[];
}

/** What flags have answered already. */
export type GivenAnswers = Partial<ProfileAnswers> & {
  readonly slots: SlotAnswers;
  /** A key that is still to be asked for goes to the secret store. */
  readonly keyring: boolean;
};

/** The name of the entry that holds a profile's key in the secret store. */
export function secretEntry(name: string): string {
  return `${name}-api-key`;
}
