import type { ConditionalQuirks, Quirks } from './quirks.ts';

/** The words that a value may be, each once. */
type Words<Value> = { readonly [Word in Extract<Value, string>]: true };

/** What fits a value of this type. */
type KindOf<Value> = [Value] extends [boolean]
  ? 'switch'
  : [Value] extends [number]
    ? 'count' | 'number'
    : [Value] extends [readonly (infer Entry)[]]
      ? string extends Entry
        ? 'texts'
        : { readonly list: Words<Entry> }
      : [Extract<Value, object>] extends [never]
        ? string extends Value
          ? 'text'
          : {
              readonly words: Words<Value>;
              readonly orSwitch?: [Extract<Value, boolean>] extends [never] ? never : true;
            }
        : 'fields' | 'words' | 'conditional';

/**
 * What the value of a quirk has to be, where nobody has compiled it: true or false, a whole number from 0, any number, a
 * text, a list of texts, a table, a table of texts, a table of quirks, one of several words, or a list of them.
 */
export type QuirkKind =
  | 'switch'
  | 'count'
  | 'number'
  | 'text'
  | 'texts'
  | 'fields'
  | 'words'
  | 'conditional'
  | { readonly words: { readonly [word: string]: true }; readonly orSwitch?: true }
  | { readonly list: { readonly [word: string]: true } };

/** What each entry of the quirks has to be; an entry without a line here does not compile. */
export const QUIRK_KINDS: { readonly [Name in keyof Quirks]-?: KindOf<NonNullable<Quirks[Name]>> } = {
  maxOutputTokensField: { words: { max_tokens: true, max_completion_tokens: true, none: true } },
  minOutputTokens: 'count',
  instructionRole: { words: { system: true, developer: true } },
  midConversationSystem: { words: { user: true, keep: true } },
  emptyInstructions: 'switch',
  textAfterToolResults: { words: { message: true, append: true } },
  toolResultMedia: { words: { message: true, inline: true } },
  streamUsage: 'switch',
  streaming: { words: { both: true, only: true, never: true } },
  images: 'switch',
  imageUrls: 'switch',
  documents: { words: { file: true, document_url: true, none: true } },
  parallelToolCallsSwitch: 'switch',
  parallelToolCalls: 'switch',
  forcedToolChoice: 'switch',
  toolChoiceNone: 'switch',
  placeholderTool: 'switch',
  strictSwitch: 'switch',
  toolNameMaxLength: 'count',
  toolCallIdMaxLength: 'count',
  schemaDialect: {
    words: { full: true, 'plain-root': true, gemini: true, kimi: true, strict: true, grammar: true },
  },
  toolsPlacement: { words: { top: true, input: true } },
  reasoningRequest: {
    words: {
      none: true,
      effort: true,
      'reasoning-object': true,
      'reasoning-switch-and-effort': true,
      'thinking-switch': true,
      'thinking-switch-and-effort': true,
      'thinking-budget': true,
      'enable-thinking': true,
      'enable-thinking-and-effort': true,
      'template-switch': true,
    },
  },
  effortWords: 'words',
  templateSwitch: 'text',
  reasoningReplay: {
    words: {
      received: true,
      reasoning_content: true,
      reasoning: true,
      reasoning_details: true,
      tags: true,
      none: true,
    },
  },
  missingReasoning: { words: { omit: true, empty: true, always: true } },
  reasoningDetails: { words: { deltas: true, snapshots: true } },
  thinkTags: { words: { 'opening-omitted': true }, orSwitch: true },
  toolCallMarkup: 'switch',
  promptCacheKey: 'switch',
  storeSwitch: 'switch',
  cacheControl: 'switch',
  topK: 'switch',
  minTemperature: 'number',
  maxStopSequences: 'count',
  stopSequenceMaxBytes: 'count',
  responseFormat: { words: { json_schema: true, json_object: true, none: true } },
  userField: { words: { user: true, safety_identifier: true, none: true } },
  webSearch: { words: { none: true, tool: true, options: true, 'openrouter-plugin': true } },
  encryptedReasoning: 'switch',
  betas: 'texts',
  sessionHeader: 'text',
  serverTools: 'switch',
  cacheControlOnTools: 'switch',
  thinkingTypes: { list: { adaptive: true, enabled: true, disabled: true } },
  signedThinking: 'switch',
  withTools: 'conditional',
  whileReasoning: 'conditional',
  extraFields: 'fields',
  omitFields: 'texts',
};

/** The entries that `withTools` and `whileReasoning` may hold. */
export const CONDITIONAL_QUIRKS: { readonly [Name in keyof ConditionalQuirks]-?: true } = {
  midConversationSystem: true,
  textAfterToolResults: true,
  parallelToolCallsSwitch: true,
  parallelToolCalls: true,
  forcedToolChoice: true,
  toolChoiceNone: true,
  minOutputTokens: true,
  minTemperature: true,
  maxStopSequences: true,
  responseFormat: true,
  topK: true,
  extraFields: true,
  omitFields: true,
};
