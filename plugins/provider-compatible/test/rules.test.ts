import { expect } from 'chai';
import { model, quirks, vendor } from './support/vendor.ts';

const CHAT = 'openai-chat';
const MESSAGES = 'anthropic-messages';
const RESPONSES = 'openai-responses';

describe('the rules of the vendors', () => {
  it('MiniMax gets its reasoning back as the array it came in, and nothing in its place', () => {
    const chat = quirks('minimax', CHAT);
    expect(chat).to.include({ reasoningDetails: 'snapshots', reasoningReplay: 'reasoning_details' });
    expect(chat.missingReasoning).to.equal(undefined);
    expect(chat.extraFields).to.deep.equal({ reasoning_split: true });
    expect(chat.maxOutputTokensField).to.equal('max_completion_tokens');
  });

  it('MiniMax is asked to reason adaptively since M3, and M3.1 cannot stop', () => {
    expect(quirks('minimax', MESSAGES, 'MiniMax-M3').thinkingTypes).to.deep.equal(['adaptive', 'disabled']);
    expect(quirks('minimax', MESSAGES, 'MiniMax-M3.1-Flash').thinkingTypes).to.deep.equal(['adaptive']);
  });

  it('DeepSeek gets reasoning back on every message with calls, and text in the results of tools', () => {
    expect(quirks('deepseek', CHAT)).to.include({
      reasoningRequest: 'thinking-switch-and-effort',
      reasoningReplay: 'reasoning_content',
      missingReasoning: 'empty',
      textAfterToolResults: 'append',
      responseFormat: 'json_object',
    });
    expect(model('deepseek', 'deepseek-flash').reasoning?.efforts).to.deep.equal(['low', 'high', 'max']);
  });

  for (const id of ['moonshot', 'kimi-code'])
    it(`${id} is sent no sampling, five short stop sequences at most, and schemas without references`, () => {
      for (const protocol of [MESSAGES, CHAT])
        expect(quirks(id, protocol).omitFields).to.include.members(['temperature', 'top_p', 'presence_penalty']);
      expect(quirks(id, CHAT)).to.include({
        schemaDialect: 'kimi',
        maxStopSequences: 5,
        stopSequenceMaxBytes: 32,
        missingReasoning: 'empty',
        promptCacheKey: true,
      });
    });

  it('Kimi K3 takes a level, K2 a switch, and K2.7 cannot be made to call a tool', () => {
    expect(model('moonshot', 'kimi-k3.1-pro').reasoning).to.deep.equal({
      efforts: ['low', 'high', 'max'],
      canDisable: false,
    });
    expect(quirks('moonshot', CHAT, 'kimi-k3.1-pro').reasoningRequest).to.equal(undefined);
    const code = quirks('moonshot', CHAT, 'kimi-k2.7-code');
    expect(code).to.include({ reasoningRequest: 'thinking-switch', forcedToolChoice: false });
    expect(quirks('kimi-code', CHAT, 'kimi-for-coding').forcedToolChoice).to.equal(false);
  });

  it('Kimi at NVIDIA is switched by the word of its own template, the others by the usual one', () => {
    expect(quirks('nvidia', CHAT, 'moonshotai/kimi-k2.6')).to.include({
      reasoningRequest: 'template-switch',
      templateSwitch: 'thinking',
    });
    expect(model('nvidia', 'moonshotai/kimi-k2.6').reasoning?.canDisable).to.equal(true);
    expect(quirks('nvidia', CHAT, 'nvidia/nemotron-3-ultra-550b-a55b').templateSwitch).to.equal(undefined);
  });

  it('Z.ai takes no choice of tools, and Bedrock no calls without tools', () => {
    expect(quirks('zai', CHAT)).to.include({ forcedToolChoice: false, toolChoiceNone: false });
    expect(quirks('bedrock', CHAT).placeholderTool).to.equal(true);
  });

  it('Z.ai keeps its reasoning over turns and streams the arguments of calls', () => {
    expect(quirks('zai', CHAT).whileReasoning?.extraFields).to.deep.equal({ thinking: { clear_thinking: false } });
    expect(quirks('zai', CHAT).withTools?.extraFields).to.deep.equal({ tool_stream: true });
    expect(quirks('zai', CHAT, 'glm-5.3').reasoningRequest).to.equal('thinking-switch-and-effort');
    expect(quirks('zai', CHAT, 'glm-4.7').reasoningRequest).to.equal('thinking-switch');
  });

  it('Qwen is switched by its own field, with a level since 3.8, and counts breakpoints of the cache', () => {
    expect(quirks('qwen', CHAT, 'qwen3.7-plus').reasoningRequest).to.equal('enable-thinking');
    expect(quirks('qwen', CHAT, 'qwen3.8-max').reasoningRequest).to.equal('enable-thinking-and-effort');
    expect(quirks('qwen', CHAT).cacheControl).to.equal(true);
    expect(vendor('qwen').wires?.[CHAT]?.headers).to.deep.equal({ 'x-dashscope-cachecontrol': 'enable' });
    expect(model('qwen', 'qwen3.8-max').maxInputTokens).to.equal(983_616);
  });

  it('OpenRouter keeps a session with one host and caches for Claude and Gemini', () => {
    for (const protocol of [MESSAGES, CHAT, RESPONSES])
      expect(quirks('openrouter', protocol).sessionHeader).to.equal('x-session-id');
    expect(quirks('openrouter', CHAT)).to.include({
      reasoningRequest: 'reasoning-object',
      documents: 'file',
      webSearch: 'openrouter-plugin',
    });
    for (const id of ['~anthropic/claude-sonnet-latest', '~google/gemini-pro-latest'])
      expect(quirks('openrouter', CHAT, id).cacheControl, id).to.equal(true);
    expect(quirks('openrouter', CHAT, '~openai/gpt-sol-latest').cacheControl).to.equal(undefined);
    expect(quirks('openrouter', CHAT, 'deepseek/deepseek-v4.1-flash').missingReasoning).to.equal('empty');
  });

  it('xAI is sent no stop sequences and no penalties, and grok-4.5 no more than a high effort', () => {
    expect(quirks('xai', CHAT)).to.include({ maxStopSequences: 0, sessionHeader: 'x-grok-conv-id' });
    expect(quirks('xai', RESPONSES).omitFields).to.include.members(['stop', 'presence_penalty', 'frequency_penalty']);
    expect(quirks('xai', RESPONSES).encryptedReasoning).to.equal(undefined);
    expect(model('xai', 'grok-4.7').reasoning?.efforts).to.include('xhigh');
    expect(model('xai', 'grok-4.5').reasoning?.efforts).to.not.include('xhigh');
    expect(model('xai', 'grok-4.7').maxOutputTokens).to.equal(128_000);
  });

  it('Groq sends the reasoning of Qwen apart over Chat only, and takes no temperature of 0', () => {
    expect(quirks('groq', CHAT, 'qwen/qwen3.8-27b').extraFields).to.deep.equal({ reasoning_format: 'parsed' });
    expect(quirks('groq', CHAT, 'openai/gpt-oss-120b').extraFields).to.equal(undefined);
    expect(quirks('groq', RESPONSES, 'qwen/qwen3.8-27b').omitFields).to.include('reasoning_format');
    expect(quirks('groq', CHAT)).to.include({ minTemperature: 1e-8, reasoningReplay: 'reasoning' });
    expect(quirks('groq', CHAT, 'qwen/qwen3.6-27b').effortWords).to.deep.equal({ high: 'default' });
  });

  it('Mistral has ids of nine characters, no user behind a tool, and no field that it does not know', () => {
    expect(quirks('mistral', CHAT)).to.include({
      toolCallIdMaxLength: 9,
      textAfterToolResults: 'append',
      toolResultMedia: 'inline',
      documents: 'document_url',
      streamUsage: false,
    });
    expect(quirks('mistral', RESPONSES)).to.include({ storeSwitch: false });
    expect(quirks('mistral', RESPONSES).omitFields).to.include.members(['store', 'previous_response_id']);
  });

  it('Together is switched by an object, and by a level beside where the model has one', () => {
    expect(quirks('together', CHAT, 'zai-org/GLM-5.3').reasoningRequest).to.equal('reasoning-object');
    expect(quirks('together', CHAT, 'deepseek-ai/DeepSeek-V4-Pro-0813').reasoningRequest).to.equal(
      'reasoning-switch-and-effort',
    );
    expect(quirks('together', CHAT, 'openai/gpt-oss-120b').reasoningRequest).to.equal('effort');
  });

  it('Cerebras is sent no switch of parallel calls, no forced choice and no penalty', () => {
    expect(quirks('cerebras', CHAT)).to.include({ parallelToolCallsSwitch: false, forcedToolChoice: false });
    expect(quirks('cerebras', CHAT).omitFields).to.include.members(['frequency_penalty', 'service_tier']);
    expect(model('cerebras', 'gpt-oss-120b').reasoning?.efforts).to.not.include('none');
  });

  it('Claude is sent no sampling and no budget wherever it is hosted, and a system message only where it is known', () => {
    for (const [id, name] of [
      ['bedrock', 'anthropic.claude-opus-5-5'],
      ['openrouter', '~anthropic/claude-opus-latest'],
      ['vercel', 'anthropic/claude-opus-5.5'],
    ] as const) {
      const claude = quirks(id, MESSAGES, name);
      expect(claude, id).to.deep.include({ signedThinking: true, thinkingTypes: ['adaptive'] });
      expect(claude.omitFields, id).to.include.members(['temperature', 'top_p', 'top_k']);
      expect(claude.midConversationSystem, id).to.equal(id === 'bedrock' ? undefined : 'user');
    }
    expect(quirks('bedrock', MESSAGES, 'anthropic.claude-sonnet-5').midConversationSystem).to.equal('user');
  });

  it('Vercel asks models that are not Claude for nothing that only Claude has', () => {
    const quirksOfOthers = quirks('vercel', MESSAGES, 'openai/gpt-6-luna');
    expect(quirksOfOthers).to.include({ serverTools: false, midConversationSystem: 'user' });
    expect(quirksOfOthers).to.deep.include({ betas: [], thinkingTypes: ['enabled', 'disabled'] });
  });

  it('Perplexity codes with a model that calls tools, not with its own', () => {
    expect(Object.values(vendor('perplexity').models)).to.not.include('perplexity/sonar');
  });
});
