import type { CanonicalRequest, CodecContext, Message, Quirks, Thinking, Tool, ToolChoice } from '../../index.ts';
import { contextOf } from '../builders.ts';
import { ODD_NAMES, ODD_SCHEMAS } from './odd-values.ts';
import { randomBlock, randomText, randomTextBlock } from './random-blocks.ts';
import { Random } from './random.ts';

/** The name under which the client knows the model, which no upstream may see. */
export const CLIENT_MODEL = 'model-as-the-client-names-it';

/** The name to send upstream. */
export const UPSTREAM_MODEL = 'model-as-the-upstream-names-it';

/** Who mints provider state in these exchanges. */
const ORIGIN = 'origin-a';

const THINKING: readonly Thinking[] = [
  { type: 'adaptive', display: 'updates' },
  { type: 'enabled', budget_tokens: 5000 },
  { type: 'disabled' },
];

const FACTS: readonly CodecContext['facts'][] = [
  undefined,
  { id: UPSTREAM_MODEL, contextWindow: 8192, maxOutputTokens: 1024 },
  { id: UPSTREAM_MODEL, reasoning: { efforts: ['none', 'high'], canDisable: true, budget: { min: 1, max: 2000 } } },
  { id: UPSTREAM_MODEL, reasoning: { efforts: [] } },
];

/** Everything a codec is handed for a request, with all that the contract lets the proxy know. */
export function exchangeOf(request: CanonicalRequest, quirks: Quirks, more: Partial<CodecContext> = {}): CodecContext {
  return { ...contextOf({}, quirks), request, model: UPSTREAM_MODEL, origin: ORIGIN, session: 'session-1', ...more };
}

/** What differs between exchanges beside the request, the same for the same seed. */
export function randomCircumstances(seed: number): Partial<CodecContext> {
  const random = new Random(seed);
  const facts = random.pick(FACTS);
  return {
    ...(facts !== undefined && { facts }),
    ...random.maybe(0.2, () => ({ quarantinedTools: random.list(2, () => random.pick(ODD_NAMES)) })),
  };
}

/** Any request in the canonical form, the same for the same seed; most of them make little sense. */
export function randomRequest(seed: number): CanonicalRequest {
  const random = new Random(seed);
  const choice = randomChoice(random);
  return {
    model: CLIENT_MODEL,
    messages: random.list(7, () => randomMessage(random)),
    system: random.list(3, () => randomTextBlock(random)),
    tools: random.list(5, () => randomTool(random)),
    stream: random.chance(0.5),
    client: { version: '2023-06-01', betas: random.list(2, () => 'some-beta-2026-01-01') },
    other: random.chance(0.3) ? { context_management: { edits: [] }, service_tier: 'auto' } : {},
    ...(choice !== undefined && { tool_choice: choice }),
    ...random.maybe(0.7, () => ({ max_tokens: random.pick([1, 4096, 1e12]) })),
    ...random.maybe(0.4, () => ({ thinking: random.pick(THINKING) })),
    ...random.maybe(0.4, () => ({ output_config: randomOutput(random) })),
    ...random.maybe(0.3, () => ({ temperature: random.pick([0, 0.5, 1]) })),
    ...random.maybe(0.2, () => ({ top_p: 0.9 })),
    ...random.maybe(0.2, () => ({ top_k: 40 })),
    ...random.maybe(0.3, () => ({ stop_sequences: random.list(6, () => random.pick(['', 'stop', '\ud800', 'a'])) })),
    ...random.maybe(0.3, () => ({ metadata: { user_id: '{"session_id":"s"}', more: 1 } })),
  };
}

function randomMessage(random: Random): Message {
  const role = random.pick(['user', 'assistant', 'user', 'assistant', 'system'] as const);
  const isPlain = role === 'system' && random.chance(0.7);
  return {
    role,
    content: random.list(4, () => (isPlain ? randomTextBlock(random) : randomBlock(random))),
    ...random.maybe(role === 'system' ? 0.3 : 0, () => ({ output_config: { effort: 'low' } })),
  };
}

function randomTool(random: Random): Tool {
  if (random.chance(0.2)) {
    const name = random.pick(['web_search', 'web_fetch', 'bash', 'code_execution']);
    const type = `${name}_20250305`;
    return { kind: 'server', type, name, declaration: { type, name, max_uses: 8 } };
  }
  return {
    kind: 'client',
    name: random.pick(ODD_NAMES),
    input_schema: random.pick(ODD_SCHEMAS),
    ...random.maybe(0.8, () => ({ description: randomText(random) })),
    ...random.maybe(0.3, () => ({ defer_loading: true })),
    ...random.maybe(0.2, () => ({ cache_control: { type: 'ephemeral' as const, ttl: '1h' as const } })),
  };
}

function randomChoice(random: Random): ToolChoice | undefined {
  const type = random.pick([undefined, 'auto', 'any', 'tool', 'none'] as const);
  if (type === undefined || type === 'none') return type && { type };
  const switches = random.maybe(0.5, () => ({ disable_parallel_tool_use: random.chance(0.8) }));
  return type === 'tool' ? { type, name: random.pick(ODD_NAMES), ...switches } : { type, ...switches };
}

function randomOutput(random: Random): object {
  return {
    ...random.maybe(0.7, () => ({
      effort: random.pick(['minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'novel']),
    })),
    ...random.maybe(0.4, () => ({ format: { type: 'json_schema', schema: random.pick(ODD_SCHEMAS) } })),
  };
}
