import type { AuthMethod } from './auth-method.ts';
import type { Protocol } from './protocol.ts';
import type { Provider } from './provider.ts';
import type { Search } from './search.ts';
import type { SetSource } from './set-source.ts';

/**
 * The oclif hooks by which a plugin answers with its descriptors. A plugin's package.json names them under
 * `oclif.hooks`; a misspelt name is never called, so take it from here or from `docs/plugins/reference.md`.
 */
export const HOOKS = {
  protocols: 'claudex:protocols',
  providers: 'claudex:providers',
  searches: 'claudex:searches',
  auth: 'claudex:auth',
  setSources: 'claudex:set-sources',
} as const;

/** What each hook returns. This version calls the first three. */
export interface HookResults {
  'claudex:protocols': readonly Protocol[];
  'claudex:providers': readonly Provider[];
  'claudex:searches': readonly Search[];
  'claudex:auth': readonly AuthMethod[];
  'claudex:set-sources': readonly SetSource[];
}

/** The name of a hook. */
export type HookName = keyof HookResults;

/** What every hook is called with. */
export interface HookOptions {
  /** The version of this contract that the caller understands. */
  readonly specVersion: 1;
}

/** A hook as oclif calls it. Import types only in its module, and put heavy code behind a function of the descriptor. */
export type ClaudexHook<Name extends HookName> = (
  options: HookOptions,
) => HookResults[Name] | Promise<HookResults[Name]>;
