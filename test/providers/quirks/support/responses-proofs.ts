import { chooseEffort } from '@claudex/sdk/codec';
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
  assistant,
  called,
  textOf,
  user,
  words,
} from './asks.ts';
import { commonProofs } from './common-proofs.ts';
import type { Proof, ProofTable } from './proof.ts';
import { samplingProofs } from './sampling-proofs.ts';
import { schemaProof } from './schema-proof.ts';

type Item = JsonObject & { readonly type: string; readonly role?: string };

const inputOf = (sent: JsonObject): readonly Item[] => sent['input'] as unknown as readonly Item[];
const outputOf = (sent: JsonObject) => inputOf(sent).find(({ type }) => type === 'function_call_output')?.['output'];

/** The tools, wherever they stand. */
function toolsOf(sent: JsonObject): readonly JsonObject[] {
  const added = inputOf(sent).find(({ type }) => type === 'additional_tools')?.['tools'];
  return (added ?? sent['tools'] ?? []) as readonly JsonObject[];
}

const REASONING: JsonObject = {
  type: 'reasoning',
  summary: [{ type: 'summary_text', text: 'because' }],
  encrypted_content: 'sealed-by-the-provider',
};
const CALL: JsonObject = { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{"path":"a"}' };

/** What of an answer with reasoning comes back in the next turn. */
const replays: (isReplayed: (value: unknown) => boolean) => Proof<unknown> = (isReplayed) => async (value, wire) => {
  const first = { messages: [user(words('question'))], tools: [TOOL] };
  const { answer } = await wire.ask(first, [REASONING, CALL]);
  const result = { type: 'tool_result', tool_use_id: 'call_1', content: 'result' };
  const history = [...first.messages, { role: 'assistant', content: answer['content'] ?? [] }, user(result)];
  const { sent } = await wire.ask({ messages: history, tools: [TOOL] });
  expect(JSON.stringify(sent['input']).includes('sealed-by-the-provider')).to.equal(isReplayed(value));
};

/** Proofs of what stands in `input`, and of the instructions. */
const conversation = {
  instructionRole: async (role, wire) => {
    const { sent } = await wire.ask({ system: 'Be brief.' });
    expect(inputOf(sent).find((item) => item.role === role)?.['content']).to.deep.equal([
      { type: 'input_text', text: 'Be brief.' },
    ]);
  },
  emptyInstructions: async (value, wire) =>
    expectField((await wire.ask({})).sent, 'instructions', value ? '' : undefined),
  midConversationSystem: async (value, wire) => {
    const later = { role: 'system', content: 'Be kind.' };
    const messages = [user(words('a')), assistant(words('b')), user(words('c')), later];
    const holder = inputOf((await wire.ask({ messages })).sent).find((item) =>
      JSON.stringify(item).includes('Be kind.'),
    );
    expect(holder?.role).to.equal(value === 'keep' ? (wire.quirks.instructionRole ?? 'developer') : 'user');
  },
  textAfterToolResults: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called([words('result')], [words('go on')]), tools: [TOOL] });
    const last = inputOf(sent).at(-1);
    expect(last?.type).to.equal(value === 'append' ? 'function_call_output' : 'message');
    expect(JSON.stringify(last)).to.include('go on');
  },
  toolResultMedia: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called([words('result'), PICTURE]), tools: [TOOL] });
    const isSent = wire.quirks.images !== false;
    expect(Array.isArray(outputOf(sent))).to.equal(isSent && value === 'inline');
    expect(JSON.stringify(inputOf(sent).at(-1)).includes('input_image')).to.equal(isSent);
  },
  images: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('look'), PICTURE)] });
    expect(JSON.stringify(sent).includes('UElDVFVSRQ')).to.equal(value);
  },
  imageUrls: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('look'), PICTURE_ELSEWHERE)] });
    expect(JSON.stringify(sent).includes('input_image')).to.equal(value && wire.quirks.images !== false);
  },
  documents: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('read'), PDF)] });
    expect(JSON.stringify(sent).includes('JVBERi0=')).to.equal(value !== 'none');
  },
} satisfies Partial<ProofTable>;

/** Proofs of what the list of tools looks like, and of the names and ids of calls. */
const tools = {
  placeholderTool: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called() });
    expect(toolsOf(sent)).to.have.length(value ? 1 : 0);
    expect(toolsOf((await wire.ask({})).sent)).to.have.length(0);
  },
  strictSwitch: async (value, wire) => {
    const [tool] = toolsOf((await wire.ask({ tools: [TOOL] })).sent);
    expect(tool?.['strict']).to.equal(value ? false : undefined);
  },
  toolsPlacement: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [TOOL] });
    expect('tools' in sent).to.equal(value === 'top');
    expect(inputOf(sent)[0]?.type === 'additional_tools').to.equal(value === 'input');
  },
  toolNameMaxLength: async (value, wire) => {
    const name = `mcp__${'x'.repeat(123)}`.slice(0, value + 8);
    const offered = [{ ...TOOL, name }];
    const wireName = textOf(toolsOf((await wire.ask({ tools: offered })).sent)[0]?.['name']);
    expect(wireName.length).to.be.at.most(value);
    const { answer } = await wire.ask({ tools: offered }, [{ ...CALL, name: wireName }]);
    expect(JSON.stringify(answer)).to.include(name);
  },
  toolCallIdMaxLength: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called(undefined, [], `toolu_${'x'.repeat(90)}`), tools: [TOOL] });
    const id = inputOf(sent).find(({ type }) => type === 'function_call')?.['call_id'];
    expect(inputOf(sent).find(({ type }) => type === 'function_call_output')?.['call_id']).to.equal(id);
    expect(id)
      .to.match(/^[a-zA-Z0-9_-]+$/)
      .and.to.have.length.at.most(value);
  },
  schemaDialect: schemaProof((sent) => toolsOf(sent)[0]?.['parameters']),
  webSearch: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [SEARCH] });
    expect(toolsOf(sent).some(({ type }) => type === 'web_search')).to.equal(value === 'tool');
  },
} satisfies Partial<ProofTable>;

/** Proofs of what is asked for beside. */
const parameters = {
  maxOutputTokensField: async (value, wire) =>
    expectField(
      (await wire.ask({ max_tokens: 3_000 })).sent,
      'max_output_tokens',
      value === 'none' ? undefined : 3_000,
    ),
  responseFormat: async (value, wire) => {
    const { sent } = await wire.ask({ output_config: { format: { type: 'json_schema', schema: SCHEMA } } });
    const format = (sent['text'] as { readonly format?: JsonObject } | undefined)?.format;
    expect(format?.['type']).to.equal(value === 'none' ? undefined : value);
  },
  reasoningRequest: async (form, wire) => {
    const reasoning = wire.facts?.reasoning;
    const isSaid = form !== 'none' && reasoning?.efforts?.length !== 0;
    const level = chooseEffort({ off: false, effort: 'high' }, reasoning);
    const word = level === undefined ? undefined : (wire.quirks.effortWords?.[level] ?? level);
    const { sent } = await wire.ask(THINKING);
    expect((sent['reasoning'] as JsonObject | undefined)?.['effort']).to.equal(isSaid ? word : undefined);
  },
  effortWords: async (value, wire) => {
    for (const [level, word] of Object.entries(value)) {
      const { sent } = await wire.ask(level === 'none' ? NOT_THINKING : { output_config: { effort: level } });
      expect(sent['reasoning'], level).to.include({ effort: word });
    }
  },
  reasoningReplay: replays((value) => value !== 'none'),
  encryptedReasoning: async (value, wire) => {
    const { sent } = await wire.ask(THINKING);
    const isReasoning = wire.facts?.reasoning?.efforts?.length !== 0;
    expect(JSON.stringify(sent['include'] ?? []).includes('encrypted_content')).to.equal(value && isReasoning);
    await replays(() => value && wire.quirks.reasoningReplay !== 'none')(value, wire);
  },
} satisfies Partial<ProofTable>;

function expectField(sent: JsonObject, field: string, value: unknown): void {
  if (value === undefined) expect(sent).not.to.have.property(field);
  else expect(sent[field], field).to.deep.equal(value);
}

/** One proof for every quirk of Responses. */
export const RESPONSES_PROOFS: ProofTable = {
  ...commonProofs(() => RESPONSES_PROOFS),
  ...samplingProofs(({ maxOutputTokensField }) => (maxOutputTokensField === 'none' ? undefined : 'max_output_tokens')),
  ...conversation,
  ...tools,
  ...parameters,
  streamUsage: 'elsewhere',
  templateSwitch: 'elsewhere',
  missingReasoning: 'elsewhere',
  reasoningDetails: 'elsewhere',
  thinkTags: 'elsewhere',
  toolCallMarkup: 'elsewhere',
  cacheControl: 'elsewhere',
  cacheControlOnTools: 'elsewhere',
  maxStopSequences: 'elsewhere',
  stopSequenceMaxBytes: 'elsewhere',
  betas: 'elsewhere',
  serverTools: 'elsewhere',
  thinkingTypes: 'elsewhere',
  signedThinking: 'elsewhere',
};
