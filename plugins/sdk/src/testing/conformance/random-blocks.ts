import type { ContentBlock, JsonObject, MediaSource, TextBlock } from '../../index.ts';
import { ODD_IDS, ODD_NAMES, ODD_TEXTS } from './odd-values.ts';
import { randomObject } from './random-json.ts';
import type { Random } from './random.ts';

const HUGE = 'huge '.repeat(60_000);

/** Signatures: none, another vendor's, damaged ones of ours, and one of ours for nobody here. */
const SIGNATURES = ['', 'EqQBCkYIBxgC', 'claudex.', 'claudex.x.2.e30.00000000', 'claudex.openai-chat.2.AAAA', '\ud800'];

/** A text, most often with a mark by which it is found again. */
export function randomText(random: Random): string {
  const text = random.chance(0.001) ? HUGE : random.pick(ODD_TEXTS);
  return random.chance(0.7) ? `${text} ${random.mark()}` : text;
}

/** A text block. */
export function randomTextBlock(random: Random): TextBlock {
  return {
    type: 'text',
    text: randomText(random),
    ...random.maybe(0.1, () => ({ cache_control: { type: 'ephemeral' as const } })),
    ...random.maybe(0.05, () => ({ citations: [{ type: 'char_location', cited_text: 'cited' }] })),
  };
}

/** Arguments of a call. */
function randomInput(random: Random): JsonObject {
  return random.chance(0.3) ? {} : { ...randomObject(random, 2), note: randomText(random) };
}

function randomSource(random: Random, depth: number): MediaSource {
  switch (random.below(depth > 0 ? 5 : 4)) {
    case 0:
      return {
        type: 'base64',
        media_type: random.pick(['image/png', 'application/pdf', 'odd/type']),
        data: 'iVBORw0KGgo=',
      };
    case 1:
      return { type: 'url', url: 'https://example.com/a.png' };
    case 2:
      return { type: 'file', file_id: 'file_1' };
    case 3:
      return { type: 'text', media_type: 'text/plain', data: randomText(random) };
    default:
      return { type: 'content', content: random.list(2, () => randomBlock(random, depth - 1)) };
  }
}

const MAKERS: { readonly [Type in ContentBlock['type']]: (random: Random, depth: number) => ContentBlock } = {
  text: randomTextBlock,
  image: (random, depth) => ({ type: 'image', source: randomSource(random, depth) }),
  document: (random, depth) => ({
    type: 'document',
    source: randomSource(random, depth),
    ...random.maybe(0.5, () => ({ title: randomText(random) })),
    ...random.maybe(0.3, () => ({ context: randomText(random) })),
  }),
  tool_use: (random) => ({
    type: 'tool_use',
    id: random.pick(ODD_IDS),
    name: random.pick(ODD_NAMES),
    input: randomInput(random),
  }),
  tool_result: (random, depth) => ({
    type: 'tool_result',
    tool_use_id: random.pick(ODD_IDS),
    content: depth > 0 ? random.list(3, () => randomBlock(random, depth - 1)) : [],
    ...random.maybe(0.3, () => ({ is_error: random.chance(0.5) })),
  }),
  tool_reference: (random) => ({ type: 'tool_reference', tool_name: random.pick(ODD_NAMES) }),
  thinking: (random) => ({
    type: 'thinking',
    thinking: randomText(random),
    ...random.maybe(0.8, () => ({ signature: random.pick(SIGNATURES) })),
  }),
  redacted_thinking: (random) => ({ type: 'redacted_thinking', data: random.pick(SIGNATURES) }),
  server_tool_use: (random) => ({
    type: 'server_tool_use',
    id: random.pick(['srvtoolu_1', 'ws_1', 'mcptoolu_1']),
    name: random.pick(['web_search', 'web_fetch', 'code_execution']),
    input: randomInput(random),
    ...random.maybe(0.2, () => ({ server_name: 'files' })),
  }),
  server_tool_result: (random) => ({
    type: 'server_tool_result',
    result_type: random.pick(['web_search_tool_result', 'web_fetch_tool_result', 'odd_tool_result']),
    tool_use_id: random.pick(['srvtoolu_1', 'ws_1', 'mcptoolu_1']),
    content: random.pick<JsonObject | JsonObject[]>([
      [],
      { type: 'web_search_tool_result_error', error_code: 'unavailable' },
      [{ type: 'web_search_result', url: 'https://example.com', title: randomText(random) }],
    ]),
  }),
  opaque: (random) => ({
    type: 'opaque',
    protocol: random.pick(['anthropic-messages', 'another-protocol']),
    value: { type: 'x_unknown', note: randomText(random) },
  }),
};

const TYPES = Object.keys(MAKERS) as ContentBlock['type'][];
const USUAL: readonly ContentBlock['type'][] = ['text', 'tool_use', 'tool_result'];

/** A block of any type; blocks inside blocks go `depth` deep. */
export function randomBlock(random: Random, depth = 2): ContentBlock {
  const type = random.pick(random.chance(0.5) ? USUAL : TYPES);
  return MAKERS[type](random, depth);
}
