import { isJsonObject, type JsonObject, type Loss } from '@claudex/sdk';
import type { HttpRequest } from '../../http/index.ts';
import type { Exchange } from '../exchange.ts';
import { stateName, stateNamesOf, withoutState } from '../heal/refused-state.ts';
import { NOTHING_REFUSED, type Refused } from '../heal/refused.ts';
import type { Changes } from './pass-through-changes.ts';
import type { PassedBody } from './passed-body.ts';
import { LOSS_OF_STATE } from './without-refused.ts';

/** An exchange of passed bytes that lacks only its request. */
export interface PassedDraft {
  readonly draft: Omit<Exchange, 'request' | 'refused' | 'rewrite' | 'again'>;
  readonly body: PassedBody;
  /** What changes in the body whatever is refused. */
  readonly changes: Changes;
  write(changes: Changes): Promise<HttpRequest>;
}

/**
 * Writes the request without the reasoning of earlier turns that the upstream has refused before. Of all refusals this is
 * the one that is also mended in passed bytes: a session brings the same reasoning along with every turn, and neither its
 * user nor its client can do anything about it.
 */
export async function withoutOldState(passed: PassedDraft, { oldState }: Refused): Promise<Exchange> {
  const known = oldState.size === 0 ? undefined : changesOfState(passed, (state) => oldState.has(stateName(state)));
  const { losses } = passed.draft.record;
  const others = [...losses];
  losses.push(...(known?.losses ?? []));
  return {
    ...(await written(passed, known?.changes ?? passed.changes, NOTHING_REFUSED)),
    async rewrite(refused) {
      const all = refused.state ? changesOfState(passed, () => true) : undefined;
      if (all === undefined || isSame(all, known)) return undefined;
      losses.splice(0, Infinity, ...others, ...all.losses);
      return withoutAnyState(passed, all);
    },
  };
}

/** Whether the upstream would get the very same again. */
function isSame(all: StateChanges, known: StateChanges | undefined): boolean {
  return JSON.stringify(all.changes.get('messages')) === JSON.stringify(known?.changes.get('messages'));
}

interface StateChanges {
  readonly changes: Changes;
  readonly losses: readonly Loss[];
}

async function withoutAnyState(passed: PassedDraft, { changes }: StateChanges): Promise<Exchange> {
  const oldState = new Set(stateNamesOf(messagesOf(passed.body, passed.changes)));
  return written(passed, changes, { ...NOTHING_REFUSED, state: true, oldState });
}

async function written(passed: PassedDraft, changes: Changes, refused: Refused): Promise<Exchange> {
  return {
    ...passed.draft,
    refused,
    request: await passed.write(changes),
    again: () => written(passed, changes, refused),
  };
}

/** Changes that also take refused reasoning out; `undefined` when there is none. */
function changesOfState(
  { body, changes }: PassedDraft,
  isRefused: (state: string) => boolean,
): StateChanges | undefined {
  const left = withoutState(messagesOf(body, changes), isRefused);
  if (left === undefined) return undefined;
  const changed: Changes = new Map([...changes, ['messages', left]]);
  const thinking = changes.has('thinking') ? changes.get('thinking') : body.read('thinking');
  const hasBudget = isJsonObject(thinking) && thinking['type'] === 'enabled';
  if (!hasBudget || !isAmidTools(left)) return { changes: changed, losses: [LOSS_OF_STATE] };
  // With a budget the vendor insists that a turn which goes on after tool results began with reasoning.
  changed.set('thinking', { type: 'disabled' });
  return { changes: changed, losses: [LOSS_OF_STATE, LOSS_OF_THINKING] };
}

const LOSS_OF_THINKING: Loss = {
  kind: 'adjusted',
  path: 'thinking',
  feature: 'thinking',
  reason: 'The turn cannot go on with reasoning after its own was refused, so it is switched off for this request.',
};

function messagesOf(body: PassedBody, changes: Changes): JsonObject[] {
  const messages = changes.get('messages') ?? body.read('messages');
  return Array.isArray(messages) ? messages.filter(isJsonObject) : [];
}

/** Whether the last turn of the assistant called tools and has lost the reasoning it began with. */
function isAmidTools(messages: readonly JsonObject[]): boolean {
  const content = messages.findLast(({ role }) => role === 'assistant')?.['content'];
  if (!Array.isArray(content) || messages.at(-1)?.['role'] !== 'user') return false;
  const types = content.map((block: unknown) => (isJsonObject(block) ? block['type'] : undefined));
  return types.includes('tool_use') && types[0] !== 'thinking' && types[0] !== 'redacted_thinking';
}
