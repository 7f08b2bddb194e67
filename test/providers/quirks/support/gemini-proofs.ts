import type { JsonObject } from '@claudex/sdk';
import { expect } from 'chai';
import {
  NOT_THINKING,
  PDF,
  PICTURE,
  PICTURE_ELSEWHERE,
  SCHEMA,
  SEARCH,
  THINKING,
  TOOL,
  called,
  textOf,
  user,
  words,
} from './asks.ts';
import { commonProofs } from './common-proofs.ts';
import type { ProofTable } from './proof.ts';
import { schemaProof } from './schema-proof.ts';

interface Body {
  readonly generationConfig?: JsonObject & { readonly thinkingConfig?: JsonObject };
  readonly toolConfig?: { readonly functionCallingConfig?: JsonObject };
  readonly tools?: readonly {
    readonly functionDeclarations?: readonly JsonObject[];
    readonly googleSearch?: JsonObject;
  }[];
}

const bodyOf = (sent: JsonObject): Body => sent;
const configOf = (sent: JsonObject) => bodyOf(sent).generationConfig ?? {};
const functionsOf = (sent: JsonObject): readonly JsonObject[] =>
  (bodyOf(sent).tools ?? []).flatMap(({ functionDeclarations = [] }) => functionDeclarations);
const contentsOf = (sent: JsonObject): string => JSON.stringify(sent['contents']);

const { extraFields, sessionHeader, withTools, whileReasoning } = commonProofs(() => GEMINI_PROOFS);

/** One proof for every quirk of Gemini's own protocol. */
export const GEMINI_PROOFS: ProofTable = {
  extraFields,
  sessionHeader,
  withTools,
  whileReasoning,
  omitFields: async (paths, wire) => {
    const more = { tools: [TOOL], messages: called(), temperature: 0.5, top_p: 0.5, top_k: 5, ...THINKING };
    const { sent } = await wire.ask(more);
    for (const path of paths) expect(sent).not.to.have.nested.property(path);
  },
  streaming: async (value, wire) => {
    expect((await wire.ask({})).url.includes(':streamGenerateContent')).to.equal(value === 'only');
    expect((await wire.ask({ stream: true })).url.includes(':streamGenerateContent')).to.equal(value !== 'never');
  },
  images: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('look'), PICTURE)] });
    expect(contentsOf(sent).includes('UElDVFVSRQ')).to.equal(value);
  },
  imageUrls: async (value, wire) => {
    const source = { type: 'url', url: 'gs://bucket/cat.png' };
    const { sent } = await wire.ask({ messages: [user(words('look'), { type: 'image', source })] });
    expect(contentsOf(sent).includes('fileUri')).to.equal(value && wire.quirks.images !== false);
    const { sent: other } = await wire.ask({ messages: [user(words('look'), PICTURE_ELSEWHERE)] });
    expect(contentsOf(other)).not.to.include('fileUri');
  },
  documents: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('read'), PDF)] });
    expect(contentsOf(sent).includes('JVBERi0=')).to.equal(value !== 'none');
  },
  maxOutputTokensField: async (value, wire) => {
    const { sent } = await wire.ask({ max_tokens: 3_000 });
    expect(configOf(sent)['maxOutputTokens']).to.equal(value === 'none' ? undefined : 3_000);
  },
  minOutputTokens: async (value, wire) =>
    void expect(configOf((await wire.ask({ max_tokens: 1 })).sent)['maxOutputTokens']).to.equal(Math.max(1, value)),
  minTemperature: async (value, wire) =>
    void expect(configOf((await wire.ask({ temperature: 0 })).sent)['temperature']).to.equal(value),
  topK: async (value, wire) =>
    void expect(configOf((await wire.ask({ top_k: 5 })).sent)['topK']).to.equal(value ? 5 : undefined),
  maxStopSequences: async (value, wire) => {
    const sequences = Array.from({ length: value + 3 }, (_, place) => `S${place}`);
    const { sent } = await wire.ask({ stop_sequences: sequences });
    expect(configOf(sent)['stopSequences']).to.deep.equal(value === 0 ? undefined : sequences.slice(0, value));
  },
  responseFormat: async (value, wire) => {
    const { sent } = await wire.ask({ output_config: { format: { type: 'json_schema', schema: SCHEMA } } });
    expect('responseJsonSchema' in configOf(sent)).to.equal(value === 'json_schema');
    expect(configOf(sent)['responseMimeType']).to.equal(value === 'none' ? undefined : 'application/json');
  },
  forcedToolChoice: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [TOOL], tool_choice: { type: 'any' } });
    expect(bodyOf(sent).toolConfig?.functionCallingConfig?.['mode']).to.equal(value ? 'ANY' : 'AUTO');
  },
  toolNameMaxLength: async (value, wire) => {
    const name = `mcp__${'x'.repeat(123)}`.slice(0, value + 8);
    const tools = [{ ...TOOL, name }];
    const wireName = textOf(functionsOf((await wire.ask({ tools })).sent)[0]?.['name']);
    expect(wireName.length).to.be.at.most(value);
    const { answer } = await wire.ask({ tools }, [{ functionCall: { name: wireName, args: { path: 'a' } } }]);
    expect(JSON.stringify(answer)).to.include(name);
  },
  schemaDialect: schemaProof((sent) => {
    const [tool] = functionsOf(sent);
    return tool?.['parameters'] ?? tool?.['parametersJsonSchema'];
  }),
  webSearch: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [SEARCH] });
    expect((bodyOf(sent).tools ?? []).some((tool) => 'googleSearch' in tool)).to.equal(value === 'tool');
  },
  reasoningRequest: async (form, wire) => {
    const { sent } = await wire.ask(THINKING);
    const asked = bodyOf(sent).generationConfig?.thinkingConfig;
    if (form === 'none') expect(asked).to.equal(undefined);
    else expect(asked).to.have.any.keys('thinkingLevel', 'thinkingBudget');
    if (form === 'thinking-budget') expect(asked?.['thinkingBudget']).to.be.a('number');
  },
  effortWords: async (value, wire) => {
    for (const [level, word] of Object.entries(value)) {
      const { sent } = await wire.ask(level === 'none' ? NOT_THINKING : { output_config: { effort: level } });
      const asked = bodyOf(sent).generationConfig?.thinkingConfig;
      if (asked !== undefined && 'thinkingLevel' in asked) expect(asked['thinkingLevel'], level).to.equal(word);
      else expect(asked, level).to.have.property('thinkingBudget');
    }
  },
  reasoningReplay: async (value, wire) => {
    const first = { messages: [user(words('question'))], tools: [TOOL] };
    const call = { functionCall: { name: 'look', args: { path: 'a' } }, thoughtSignature: 'c2lnbmVkLWJ5LWdvb2dsZQ==' };
    const { answer } = await wire.ask(first, [call]);
    const content = (answer['content'] ?? []) as readonly JsonObject[];
    const id = content.find(({ type }) => type === 'tool_use')?.['id'] ?? '';
    const result = { type: 'tool_result', tool_use_id: id, content: 'result' };
    const history = [...first.messages, { role: 'assistant', content: [...content] }, user(result)];
    const { sent } = await wire.ask({ messages: history, tools: [TOOL] });
    expect(contentsOf(sent).includes('c2lnbmVkLWJ5LWdvb2dsZQ==')).to.equal(value !== 'none');
  },
  toolCallIdMaxLength: 'elsewhere',
  betas: 'elsewhere',
  serverTools: 'elsewhere',
  cacheControlOnTools: 'elsewhere',
  thinkingTypes: 'elsewhere',
  signedThinking: 'elsewhere',
  midConversationSystem: 'elsewhere',
  instructionRole: 'elsewhere',
  emptyInstructions: 'elsewhere',
  textAfterToolResults: 'elsewhere',
  toolResultMedia: 'elsewhere',
  streamUsage: 'elsewhere',
  parallelToolCallsSwitch: 'elsewhere',
  parallelToolCalls: 'elsewhere',
  toolChoiceNone: 'elsewhere',
  placeholderTool: 'elsewhere',
  strictSwitch: 'elsewhere',
  toolsPlacement: 'elsewhere',
  templateSwitch: 'elsewhere',
  missingReasoning: 'elsewhere',
  reasoningDetails: 'elsewhere',
  thinkTags: 'elsewhere',
  toolCallMarkup: 'elsewhere',
  promptCacheKey: 'elsewhere',
  storeSwitch: 'elsewhere',
  cacheControl: 'elsewhere',
  stopSequenceMaxBytes: 'elsewhere',
  userField: 'elsewhere',
  encryptedReasoning: 'elsewhere',
};
