import { expect } from 'chai';
import { PDF, PICTURE, PICTURE_ELSEWHERE, TOOL, assistant, called, textOf, user, words } from './asks.ts';
import { functionsOf, lastOf, messagesOf, partTypes } from './chat-body.ts';
import type { Proof, ProofTable } from './proof.ts';
import { schemaProof } from './schema-proof.ts';

/** Proofs of what the messages and tools of Chat look like. */
export const chatConversationProofs = {
  instructionRole: async (role, wire) => {
    const { sent } = await wire.ask({ system: 'Be brief.' });
    expect(messagesOf(sent)[0]).to.include({ role, content: 'Be brief.' });
  },

  midConversationSystem: async (value, wire) => {
    const later = { role: 'system', content: 'Be kind.' };
    const messages = [
      user(words('a')),
      assistant(words('b')),
      user(words('c')),
      later,
      assistant(words('d')),
      user(words('e')),
    ];
    const { sent } = await wire.ask({ messages });
    const holder = messagesOf(sent).find(({ content }) => JSON.stringify(content).includes('Be kind.'));
    expect(holder?.role).to.equal(value === 'keep' ? (wire.quirks.instructionRole ?? 'system') : 'user');
    expect(JSON.stringify(holder?.content).includes('<system-reminder>')).to.equal(value === 'user');
  },

  textAfterToolResults: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called([words('result')], [words('go on')]), tools: [TOOL] });
    const last = messagesOf(sent).at(-1);
    expect(last?.role).to.equal(value === 'append' ? 'tool' : 'user');
    expect(last?.content).to.include('go on');
  },

  toolResultMedia: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called([words('result'), PICTURE]), tools: [TOOL] });
    const isSent = wire.quirks.images !== false;
    const holder = value === 'inline' ? 'tool' : 'user';
    for (const role of ['tool', 'user'])
      expect(partTypes(lastOf(sent, role)).includes('image_url'), role).to.equal(isSent && role === holder);
  },

  images: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('look'), PICTURE)] });
    expect(JSON.stringify(sent).includes('UElDVFVSRQ')).to.equal(value);
    expect(JSON.stringify(sent).includes('left out')).to.equal(!value);
  },

  imageUrls: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('look'), PICTURE_ELSEWHERE)] });
    expect(partTypes(lastOf(sent, 'user')).includes('image_url')).to.equal(value && wire.quirks.images !== false);
  },

  documents: async (value, wire) => {
    const { sent } = await wire.ask({ messages: [user(words('read'), PDF)] });
    expect(JSON.stringify(sent).includes('JVBERi0=')).to.equal(value !== 'none');
    if (value !== 'none') expect(partTypes(lastOf(sent, 'user'))).to.include(value);
  },

  placeholderTool: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called() });
    expect(functionsOf(sent)).to.have.length(value ? 1 : 0);
    if (value) expect(sent['tool_choice'] ?? 'none').to.equal('none');
    expect(functionsOf((await wire.ask({})).sent)).to.have.length(0);
  },

  strictSwitch: async (value, wire) => {
    const [tool] = functionsOf((await wire.ask({ tools: [TOOL] })).sent);
    expect(tool?.['strict']).to.equal(value ? false : undefined);
  },

  toolNameMaxLength: async (value, wire) => {
    const name = `mcp__${'x'.repeat(123)}`.slice(0, value + 8);
    const tools = [{ ...TOOL, name }];
    const wireName = textOf(functionsOf((await wire.ask({ tools })).sent)[0]?.['name']);
    expect(wireName.length).to.be.at.most(value);
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: wireName, arguments: '{"path":"a"}' } };
    const { answer } = await wire.ask({ tools }, [{ tool_calls: [call] }]);
    expect(answer['content']).to.deep.include({ type: 'tool_use', id: 'call_1', name, input: { path: 'a' } });
  },

  toolCallIdMaxLength: async (value, wire) => {
    const { sent } = await wire.ask({ messages: called(undefined, [], `toolu_${'x'.repeat(90)}`), tools: [TOOL] });
    const id = lastOf(sent, 'assistant')?.tool_calls?.[0]?.id ?? '';
    expect(lastOf(sent, 'tool')?.tool_call_id).to.equal(id);
    if (value <= 9) expect(id).to.match(new RegExp(`^[a-zA-Z0-9]{${value}}$`));
    else
      expect(id)
        .to.match(/^[a-zA-Z0-9_-]+$/)
        .and.to.have.length.at.most(value);
  },

  schemaDialect: schemaProof((sent) => functionsOf(sent)[0]?.['parameters']),

  cacheControl: async (value, wire) => {
    const mark = { cache_control: { type: 'ephemeral' } };
    const { sent } = await wire.ask({ messages: [user({ ...words('long'), ...mark })] });
    expect(JSON.stringify(sent['messages']).includes('cache_control')).to.equal(value);
  },

  cacheControlOnTools: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [{ ...TOOL, cache_control: { type: 'ephemeral' } }] });
    const isTaken = value && wire.quirks.cacheControl === true;
    expect(JSON.stringify(sent['tools']).includes('cache_control')).to.equal(isTaken);
  },

  missingReasoning: async (value, wire) => {
    const said = [user(words('a')), assistant(words('plain')), ...called().map((message) => message)];
    const { sent } = await wire.ask({ messages: said, tools: [TOOL] });
    const field = wire.quirks.reasoningReplay === 'reasoning' ? 'reasoning' : 'reasoning_content';
    const [plain, withCall] = messagesOf(sent).filter(({ role }) => role === 'assistant');
    expect(plain?.[field]).to.equal(value === 'always' ? '' : undefined);
    expect(withCall?.[field]).to.equal(value === 'omit' ? undefined : '');
  },
} satisfies { readonly [Name in keyof ProofTable]?: Extract<ProofTable[Name], Proof<never>> };
