import { VENDORS } from '../../vendors/index.ts';
import { cerebras } from '../../vendors/cerebras.ts';
import type { Refusal, Vendor, VendorWire } from '../../vendors/kit/vendor.ts';
import { mimo } from '../../vendors/mimo.ts';
import { zai } from '../../vendors/zai.ts';

/** One way in which a vendor says that a prompt does not fit. */
export interface OverflowCase {
  readonly title: string;
  readonly vendor: Vendor;
  /** The window that the profile says, in tokens, where the vendor says nothing and it has to be nearly full. */
  readonly window?: number;
}

/** The prompts of these tests nearly fill it. */
const NARROW = 16_000;

const TOKENS = 130_001;
const MAXIMUM = 128_000;

/** What the model of a case is asked to overflow with. */
export const FULL = { tokens: TOKENS, maximum: MAXIMUM };

const PARTICULAR: { readonly [vendor: string]: { readonly [title: string]: Refusal } } = {
  anthropic: {
    'a body that is too large': { status: 413, message: 'Request exceeds the maximum size', type: 'request_too_large' },
    'input and answer together': {
      status: 400,
      message: `input length and \`max_tokens\` exceed context limit: ${TOKENS} + 32000 > ${MAXIMUM}, decrease input length or \`max_tokens\` and try again`,
    },
  },
  openai: {
    'another code': { status: 400, message: 'The context is too large.', code: 'context_too_large' },
    'the older words': {
      status: 400,
      message: `This model's maximum context length is ${MAXIMUM} tokens. However, your messages resulted in ${TOKENS} tokens.`,
      code: 'context_length_exceeded',
    },
  },
  openrouter: {
    'another vendor behind it': {
      status: 400,
      message: `Input length ${TOKENS} exceeds the maximum allowed input length of ${MAXIMUM} tokens.`,
    },
  },
  zai: { 'the shorter words': { status: 400, message: 'Prompt too long', code: '1261' } },
  'github-copilot': { 'status 413': { status: 413, message: 'failed to parse request' } },
  vllm: {
    'the newer words': {
      status: 400,
      message: `Input length (${TOKENS}) exceeds model's maximum context length (${MAXIMUM}).`,
    },
    'LiteLLM in between': {
      status: 400,
      message: 'litellm.ContextWindowExceededError: context window exceeded',
      type: 'ContextWindowExceededError',
    },
  },
};

/** Without a word: a status without a body, or an answer that ends before it begins. */
function silentCases(): OverflowCase[] {
  const empty = (status: number): Partial<VendorWire> => ({ overflow: () => ({ status, message: '', isEmpty: true }) });
  return [
    { title: 'cerebras, status 400 without a body', vendor: changed(cerebras, empty(400)), window: NARROW },
    { title: 'cerebras, status 413 without a body', vendor: changed(cerebras, empty(413)), window: NARROW },
    { title: 'zai, an ending of its own', vendor: changed(zai, { silentEnding: 'model_context_window_exceeded' }) },
    { title: 'mimo, an empty answer', vendor: changed(mimo, { silentEnding: 'max_tokens' }), window: NARROW },
  ];
}

/** Every vendor's usual words, what some of them say beside, and those that say nothing. */
export function overflowCases(): OverflowCase[] {
  const spoken = VENDORS.flatMap((vendor) => [
    { title: vendor.id, vendor },
    ...Object.entries(PARTICULAR[vendor.id] ?? {}).map(([title, refusal]) => ({
      title: `${vendor.id}, ${title}`,
      vendor: changed(vendor, { overflow: () => refusal }),
    })),
  ]);
  return [...spoken, ...silentCases()];
}

function changed(vendor: Vendor, change: Partial<VendorWire>): Vendor {
  return { ...vendor, wires: vendor.wires.map((wire) => ({ ...wire, ...change })) };
}
