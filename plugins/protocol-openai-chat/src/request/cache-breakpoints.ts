import type { CacheControl } from '@claudex/sdk';
import type { LossLog } from '@claudex/sdk/codec';
import type { ChatCacheControl } from '../wire.ts';

/** Anthropic's own limit, which the providers that take breakpoints have adopted. */
const MAX_BREAKPOINTS = 4;

/** What can carry a breakpoint on the wire. */
interface Markable {
  cache_control?: ChatCacheControl;
}

/** Takes the client's cache breakpoints to the wire where the provider has them, and else records one loss. */
export class CacheBreakpoints {
  readonly #taken: boolean;
  readonly #losses: LossLog;
  /** In the order of the prompt: tools, instructions, messages. */
  readonly #placed: Markable[] = [];

  constructor(taken: boolean, losses: LossLog) {
    this.#taken = taken;
    this.#losses = losses;
  }

  /** Puts the breakpoint of `source`, if it has one, on `target`; `undefined` when nothing there can carry it. */
  place(target: Markable | undefined, source: { cache_control?: CacheControl } | undefined, path: string): void {
    const mark = source?.cache_control;
    if (mark === undefined) return;
    if (!this.#taken) {
      this.#drop(path, 'Providers of this protocol decide by themselves what they cache.');
    } else if (target === undefined) {
      this.#drop(path, 'A cache breakpoint at this place has no counterpart here.');
    } else {
      if (target.cache_control === undefined) this.#placed.push(target);
      target.cache_control = mark;
    }
  }

  /** Keeps as many breakpoints as are taken, those with the longest prefixes. Called when all are placed. */
  trim(): void {
    const surplus = this.#placed.slice(0, -MAX_BREAKPOINTS);
    for (const target of surplus) Reflect.deleteProperty(target, 'cache_control');
    if (surplus.length > 0)
      this.#drop('messages', 'Only four cache breakpoints can be sent, so the last four were kept.');
  }

  #drop(path: string, reason: string): void {
    this.#losses.once('dropped', path, 'cache_control', reason);
  }
}
