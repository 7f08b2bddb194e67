import type { JsonObject } from '@claudex/sdk';
import { expect } from 'chai';
import { PDF, PICTURE, SEARCH, TOOL, assistant, called, textOf, user, words } from './asks.ts';
import { commonProofs } from './common-proofs.ts';
import type { ProofTable } from './proof.ts';

const { extraFields, omitFields, sessionHeader, streaming } = commonProofs(() => MESSAGES_PROOFS);

/** The messages as the provider got them, in one text. */
const conversationOf = (sent: JsonObject): string => JSON.stringify(sent['messages']);

/**
 * One proof for every quirk of Messages, where the client's bytes are passed on. What these quirks do in all their values,
 * and what they record as a loss, is shown by the tests of Messages alone.
 */
export const MESSAGES_PROOFS: ProofTable = {
  extraFields,
  omitFields,
  sessionHeader,
  streaming,
  betas: async (value, wire) => {
    const passed = textOf((await wire.ask({})).headers['anthropic-beta'])
      .split(',')
      .filter(Boolean);
    expect(passed).to.deep.equal(['interleaved-thinking-2025-05-14'].filter((beta) => value.includes(beta)));
  },
  images: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called([PICTURE]), tools: [TOOL] });
    expect(conversationOf(sent).includes('UElDVFVSRQ')).to.equal(value);
  },
  documents: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('read'), PDF)] });
    expect(conversationOf(sent).includes('JVBERi0=')).to.equal(value !== 'none');
  },
  serverTools: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [SEARCH, TOOL] });
    expect(JSON.stringify(sent['tools']).includes('web_search')).to.equal(value);
  },
  cacheControlOnTools: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [{ ...TOOL, cache_control: { type: 'ephemeral' } }] });
    expect(JSON.stringify(sent['tools']).includes('cache_control')).to.equal(value);
  },
  forcedToolChoice: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [TOOL], tool_choice: { type: 'any' } });
    expect(sent['tool_choice']).to.deep.equal({ type: value ? 'any' : 'auto' });
  },
  thinkingTypes: async (value, wire) => {
    for (const thinking of [{ type: 'adaptive' }, { type: 'enabled', budget_tokens: 2_000 }, { type: 'disabled' }]) {
      const { sent } = await wire.ask({ max_tokens: 8_000, thinking });
      const { type } = (sent['thinking'] ?? {}) as { readonly type?: 'adaptive' };
      const isStuck = thinking.type === 'disabled' && wire.facts?.reasoning?.canDisable === false;
      if (value.includes(thinking.type as 'adaptive') && !isStuck) expect(type).to.equal(thinking.type);
      else
        expect(type === undefined ? value.length === 0 : value.includes(type), `${thinking.type} → ${type}`).to.equal(
          true,
        );
    }
  },
  signedThinking: async (value, wire) => {
    const thought = { type: 'thinking', thinking: 'unsigned thought', signature: '' };
    const said = [user(words('a')), assistant(thought, words('b')), user(words('c'))];
    const { sent } = await wire.ask({ messages: said });
    expect(conversationOf(sent).includes('unsigned thought')).to.equal(!value);
  },
  toolCallIdMaxLength: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called(undefined, [], `toolu_${'x'.repeat(90)}`), tools: [TOOL] });
    const id = /"tool_use_id":"([^"]*)"/.exec(conversationOf(sent))?.[1] ?? '';
    expect(id).to.have.length.within(1, value);
  },
  midConversationSystem: async (value, wire) => {
    const later = { role: 'system', content: 'Be kind.' };
    const { sent } = await wire.ask({ messages: [user(words('a')), assistant(words('b')), user(words('c')), later] });
    expect(conversationOf(sent).includes('<system-reminder>')).to.equal(value === 'user');
  },
  withTools: 'elsewhere',
  whileReasoning: 'elsewhere',
  maxOutputTokensField: 'elsewhere',
  minOutputTokens: 'elsewhere',
  instructionRole: 'elsewhere',
  emptyInstructions: 'elsewhere',
  textAfterToolResults: 'elsewhere',
  toolResultMedia: 'elsewhere',
  streamUsage: 'elsewhere',
  imageUrls: 'elsewhere',
  parallelToolCallsSwitch: 'elsewhere',
  parallelToolCalls: 'elsewhere',
  toolChoiceNone: 'elsewhere',
  placeholderTool: 'elsewhere',
  strictSwitch: 'elsewhere',
  toolNameMaxLength: 'elsewhere',
  schemaDialect: 'elsewhere',
  toolsPlacement: 'elsewhere',
  reasoningRequest: 'elsewhere',
  effortWords: 'elsewhere',
  templateSwitch: 'elsewhere',
  reasoningReplay: 'elsewhere',
  missingReasoning: 'elsewhere',
  reasoningDetails: 'elsewhere',
  thinkTags: 'elsewhere',
  toolCallMarkup: 'elsewhere',
  promptCacheKey: 'elsewhere',
  storeSwitch: 'elsewhere',
  cacheControl: 'elsewhere',
  topK: 'elsewhere',
  minTemperature: 'elsewhere',
  maxStopSequences: 'elsewhere',
  stopSequenceMaxBytes: 'elsewhere',
  responseFormat: 'elsewhere',
  userField: 'elsewhere',
  webSearch: 'elsewhere',
  encryptedReasoning: 'elsewhere',
};
