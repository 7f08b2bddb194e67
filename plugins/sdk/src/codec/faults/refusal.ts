import type { Refusal } from '../../index.ts';
import type { ErrorDetails } from './error-body.ts';
import { findOutputLimit, isOfThisPrompt } from './output-limit.ts';
import { findRefusedPlace, findRefusedTool } from './refused-tool.ts';

/** Longer texts are not searched to their end. */
const LONGEST_TEXT = 8000;

/** Fields that a request makes no sense without, or says something else. A refusal of one cannot be mended. */
export const ESSENTIAL_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'input',
  'instructions',
  'system',
  'stream',
  'tools',
]);

/** Codes that come with the name of a field. */
const FIELD_CODES: ReadonlySet<string> = new Set(['unsupported_parameter', 'unknown_parameter', 'unsupported_value']);

const NAME = String.raw`['"\`]?([\w.[\]-]+)`;

/** Texts that name a field in their first group. */
const FIELD_TEXTS: readonly RegExp[] = [
  new RegExp(String.raw`(?:unsupported|unknown) (?:parameter|argument|field)s?(?:\(s\))?:? ${NAME}`, 'i'),
  new RegExp(String.raw`unsupported value: ${NAME}`, 'i'),
  new RegExp(String.raw`unrecognized request arguments? supplied: ${NAME}`, 'i'),
  new RegExp(String.raw`unrecognized (?:key|field|parameter|argument)s?(?:\(s\))?(?: in object)?:? ${NAME}`, 'i'),
  // FastAPI and Anthropic put the place in front.
  /([\w.[\]-]+): extra inputs are not permitted/i,
  // Google names the inner field first, and the outer one behind.
  /unknown name "[^"]*" at '([^']+)'/i,
  /unknown name "([^"]*)"/i,
];

/** Plain sentences name many things; only these are fields. */
const PLAIN_FIELD_TEXT = /['"`]?\b([a-z]\w*)['"`]? (?:is|are) not supported/gi;
const PLAIN_FIELDS: ReadonlySet<string> = new Set(
  'temperature top_p top_k stop seed store metadata user n logprobs top_logprobs logit_bias frequency_penalty presence_penalty'
    .concat(
      ' parallel_tool_calls tool_choice response_format stream_options service_tier prompt_cache_key verbosity text',
    )
    .concat(' safety_identifier reasoning reasoning_effort thinking enable_thinking thinking_budget max_tokens include')
    .concat(' max_completion_tokens max_output_tokens chat_template_kwargs web_search_options truncation')
    .split(' '),
);

/** Without the name of a field these say nothing; `param` then has it. */
const VALUE_TEXT = /\b(?:is|are) not (?:supported|allowed)\b|\bunsupported\b/i;

/** Texts about the one value of a field that a model does not take. */
const CHOICE_TEXTS: readonly RegExp[] = [
  /\b(tool_choice)['"`]?(?: value)?[:=]? ['"`]?\w+['"`]? is (?:not supported|incompatible)/i,
  /\b(tool_choice)\b[^.]{0,40} does not support/i,
  /does not support (?:this |the )?(tool_choice)\b/i,
  /\b(tool_choice): input should be/i,
];

/** What a model cannot do, by the field that asked for it. */
const ABILITY_TEXT = /does not support (?:thinking|reasoning)\b/i;

const STATE_CODE = 'invalid_encrypted_content';
const STATE_TEXTS: readonly RegExp[] = [
  /encrypted content\b[^]*?could not be (?:verified|decrypted)/i,
  /invalid_encrypted_content/i,
  /thought_?signature/i,
  /item with id ['"`]?\w+['"`]? not found/i,
  /invalid ['"`]?signature['"`]? in ['"`]?thinking['"`]? block/i,
  /thinking['"`]? blocks?\b[^.]{0,80}cannot be modified/i,
];

/**
 * What of a request an upstream refused, by its code or wording; `undefined` where it does not say so, or names
 * something that cannot be left out. Asks nothing about the kind of the failure: that is for the caller.
 */
export function findRefusal(details: ErrorDetails): Refusal | undefined {
  const text = (details.message ?? '').slice(0, LONGEST_TEXT);
  if (details.code === STATE_CODE || details.type === STATE_CODE || STATE_TEXTS.some((state) => state.test(text))) {
    return { part: 'state' };
  }
  const maximum = findOutputLimit(text);
  if (maximum !== undefined)
    return { part: 'output-limit', maximum, ...(isOfThisPrompt(text) && { ofThisPrompt: true }) };
  // The model made a wrong call; the tool itself was accepted.
  const isWrongCall = details.code === 'tool_use_failed';
  const tool = isWrongCall ? undefined : findRefusedTool(text);
  if (tool !== undefined) return tool;
  const place = namedPlace(details, text);
  const name = place === undefined ? plainField(details, text) : topLevel(place);
  if (name !== undefined) return ESSENTIAL_FIELDS.has(name) ? undefined : { part: 'field', name };
  // A field that is unknown in one tool is so in all of them.
  return isWrongCall || place !== undefined ? undefined : findRefusedPlace(details, text);
}

/** The path of a field that the provider does not know. */
function namedPlace({ code, param }: ErrorDetails, text: string): string | undefined {
  const place = code !== undefined && FIELD_CODES.has(code) ? param : undefined;
  return place ?? firstGroup(FIELD_TEXTS, text);
}

/** The field that a plain sentence is about. */
function plainField({ param }: ErrorDetails, text: string): string | undefined {
  const stated = param === undefined || !VALUE_TEXT.test(text) ? undefined : topLevel(param);
  if (stated !== undefined && PLAIN_FIELDS.has(stated)) return stated;
  const choice = firstGroup(CHOICE_TEXTS, text);
  if (choice !== undefined) return choice;
  if (ABILITY_TEXT.test(text)) return 'reasoning_effort';
  for (const [, word = ''] of text.matchAll(PLAIN_FIELD_TEXT)) {
    if (PLAIN_FIELDS.has(word)) return word;
  }
  return undefined;
}

/** The field of the request that a path leads into: `body.a.b` and `a[0].b` are about `a`. */
function topLevel(place: string): string | undefined {
  const [name = ''] = place.replace(/^(?:body|\$)\./, '').split(/[.[]/);
  return /^[a-z]\w{0,63}$/i.test(name) ? name : undefined;
}

function firstGroup(patterns: readonly RegExp[], text: string): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found.replace(/[.:]+$/, '');
  }
  return undefined;
}
