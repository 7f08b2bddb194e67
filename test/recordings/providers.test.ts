import { expect } from 'chai';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { googleGemini } from '@claudex/plugin-protocol-google-gemini';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { ContentBlock, Provider } from '@claudex/sdk';
import { assembleMessage, checkGrammar, contextOf, parseSse, runMachine } from '@claudex/sdk/testing';
import { bundledProviders } from '../support/bundled-providers.ts';
import { startTestProxy, type TestProxy } from '../support/proxy.ts';
import { serve } from '../support/serve.ts';
import {
  providerFailures,
  providerRecordings,
  type ExpectedAnswer,
  type ProviderRecording,
} from './support/provider-recordings.ts';

/**
 * Copilot's own spelling of reasoning and its answers in two halves, of which the independent reading sees less; the tests
 * of the protocol say exactly what they hold.
 */
const READ_ELSEWHERE: ReadonlySet<string> = new Set([
  'chat/copilot/ccnvim--adapters-copilot-copilot_tools_no_streaming.json',
  'chat/copilot/ccnvim--adapters-copilot-copilot_tools_streaming_reasoning.sse',
]);

/** Names the recording that the upstream answers with; no family of Claude's models is in it. */
const MODEL = /^recording-(\d+)$/;

describe('recorded answers, through the profile of the provider that gave them', function () {
  this.timeout(30_000);
  const recordings = providerRecordings();
  const failures = providerFailures();
  if (recordings.length === 0) {
    it.skip('needs the recordings');
    return;
  }
  let proxy: TestProxy;
  let stop: () => Promise<void>;

  before(async () => {
    const upstream = await serve((request, response) => {
      const { model } = JSON.parse(request.body) as { model: string };
      const index = Number(MODEL.exec(model)?.[1]);
      const recording = recordings[index];
      if (recording) {
        response.writeHead(200, { 'content-type': recording.isStream ? 'text/event-stream' : 'application/json' });
        response.end(recording.body);
        return;
      }
      const failure = failures[index - recordings.length];
      response.writeHead(failure?.status ?? 500, { 'content-type': 'application/json' }).end(failure?.body);
    });
    stop = upstream.stop;
    const profiles = [...new Set(recordings.map(({ provider, providerType }) => `${provider} ${providerType}`))];
    const others = [...new Set(failures.map(({ provider }) => `${provider} ${typeOfFailures(provider)}`))];
    proxy = await startTestProxy(
      [...new Set([...profiles, ...others])].map((profile) => profileText(profile, upstream.url)).join('\n'),
      { providers: (await bundledProviders()).map(withoutExchange), protocols: [openaiResponses, googleGemini] },
    );
  });
  after(async () => {
    await proxy.stop();
    await stop();
  });

  const ask = (profile: string, index: number, stream: boolean, tools: readonly string[]): Promise<Response> =>
    proxy.post(`/proxy/${profile}/v1/messages`, {
      model: `recording-${index}`,
      max_tokens: 1000,
      stream,
      messages: [{ role: 'user', content: 'hello' }],
      ...(tools.length > 0 && { tools: tools.map((name) => ({ name, input_schema: { type: 'object' } })) }),
    });

  for (const [index, recording] of recordings.entries()) {
    it(`reads ${recording.file} as ${recording.provider} means it`, async () => {
      const { expected, isStream } = recording;
      const names = [...new Set(expected.toolCalls.flatMap(({ name }) => name ?? []))];
      const answer = await ask(profileName(recording), index, isStream, names);
      const text = await answer.text();
      // An answer that says it is still being made may have everything in it.
      const mayBeWhole = expected.finish === 'in_progress' && answer.status === 200;
      if (isBroken(recording) && !mayBeWhole) {
        expect(answer.status >= 400 || text.includes('"type":"error"'), text).to.equal(true);
        return;
      }
      expect(answer.status, text).to.equal(200);
      if (READ_ELSEWHERE.has(recording.file) || expected.toolCalls.some(({ invalidJson }) => invalidJson)) {
        expect(text).to.contain(isStream ? 'message_stop' : 'stop_reason');
        return;
      }
      compare(isStream ? readStream(text) : (JSON.parse(text) as { content: ContentBlock[] }).content, expected);
    });
  }

  for (const [index, failure] of failures.entries()) {
    it(`tells ${failure.file} as an error that names what ${failure.provider} says`, async () => {
      const profile = `${failure.provider}-${typeOfFailures(failure.provider)}`;
      const answer = await ask(profile, recordings.length + index, true, []);
      const body = (await answer.json()) as { type: string; error: { type: string; message: string } };
      expect(answer.status).to.be.within(400, 599);
      expect(body.type).to.equal('error');
      expect(body.error.type).to.be.a('string').and.not.equal('');
      expect(body.error.message).to.be.a('string').and.not.equal('');
    });
  }
});

/** What a provider would be asked for a token is of no concern here. */
function withoutExchange(provider: Provider): Provider {
  const copy = { ...provider };
  Reflect.deleteProperty(copy, 'connect');
  return copy;
}

function typeOfFailures(provider: string): string {
  return provider === 'anthropic' ? 'DirectAnthropic' : 'OpenAICompatible';
}

function profileName({ provider, providerType }: ProviderRecording): string {
  return `${provider}-${providerType}`;
}

function profileText(profile: string, url: string): string {
  const [provider = '', providerType = ''] = profile.split(' ');
  return `[[profiles]]
name = "${provider}-${providerType}"
provider = "${provider}"
provider_type = "${providerType}"
base_url = "${url}"
api_key = "recorded"
default_model = "recording"
`;
}

/** Whether the recording is of an answer that is none: cut, not made yet, empty, or with an error in it. */
function isBroken({ expected, isStream }: ProviderRecording): boolean {
  const { error, finish, toolCalls, text, done, badEvents = 0 } = expected;
  const isUnfinished =
    finish === null ? isStream && done !== true : ['queued', 'in_progress', 'failed', 'cancelled'].includes(finish);
  const isCutCall = toolCalls.some(({ invalidJson }) => invalidJson) && !isStream;
  const isEmpty = text === '' && toolCalls.length === 0 && finish === null;
  return error !== undefined || badEvents > 0 || isCutCall || isEmpty || isUnfinished;
}

function readStream(text: string): readonly ContentBlock[] {
  const events = runMachine(anthropicMessages.decodeStream(contextOf()), parseSse(text));
  expect(checkGrammar(events)).to.deep.equal([]);
  return assembleMessage(events).content;
}

/** Calls of what OpenAI's own clients carry out, which the independent reading does not count as calls of functions. */
const CARRIED_OUT = new Set(['apply_patch', 'local_shell', 'shell', 'tool_search', 'computer_use']);
/** What the reader says in words, because the client could not do anything about it. */
const NOTE = /\[The provider wanted approval [^\]]*\]/g;

function compare(content: readonly ContentBlock[], expected: ExpectedAnswer): void {
  const texts = content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  const thoughts = content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : []));
  const calls = content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
  const text = texts.join('').replaceAll(NOTE, '');
  // Where reasoning stands in tags the provider's row says so, and the reader has taken it out of the text.
  const isSplit = expected.think !== undefined && !text.includes('<think>');
  expect(text.trim()).to.equal(
    ((isSplit ? expected.think?.text : expected.text + (expected.refusal ?? '')) ?? '').trim(),
  );
  const reasoning = isSplit ? (expected.think?.reasoning ?? '') : expected.reasoning;
  // Parts of a summary are paragraphs.
  expect(thoughts.join('').replaceAll(/\s/g, '')).to.equal(reasoning.replaceAll(/\s/g, ''));
  const meant = calls.filter(({ name }) => !CARRIED_OUT.has(name));
  expect(meant.map(({ name }) => name)).to.deep.equal(expected.toolCalls.map(({ name }) => name));
  for (const [index, { input }] of meant.entries()) {
    const call = expected.toolCalls[index];
    if (call?.custom) expect(input).to.deep.equal({ input: call.arguments });
    else if (!call?.invalidJson) expect(input).to.deep.equal(call?.arguments ?? {});
  }
}
