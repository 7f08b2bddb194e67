import { expect } from 'chai';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { question, startTestProxy } from '../../support/proxy.ts';
import { sendWhole, startRecordingServer } from '../../support/recording-server.ts';

type Body = { readonly [field: string]: unknown };

const COMPLETION = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
};
const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'm',
  output: [
    {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Hello.' }],
    },
  ],
};
const TOOLS = ['Read', 'Bad'].map((name) => ({ name, input_schema: { type: 'object' } }));

/** What is refused, in which words, and whether a body is free of it. */
type Case = [profile: string, error: object, isFree: (body: Body) => boolean];

const namesOf = (body: Body): unknown[] =>
  (body['tools'] as { name?: string; function?: { name: string } }[]).map((tool) => tool.function?.name ?? tool.name);
const isWithoutBad = (body: Body): boolean => !namesOf(body).includes('Bad');

const CASES: readonly Case[] = [
  [
    'chat',
    {
      message:
        'max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.',
    },
    (body) => body['max_tokens'] === 16_384,
  ],
  [
    'responses',
    {
      message:
        "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= 16384, but got 32000 instead.",
      param: 'max_output_tokens',
      code: 'integer_above_max_value',
    },
    (body) => body['max_output_tokens'] === 16_384,
  ],
  [
    'responses',
    { message: 'Encrypted content is not supported with this model.', param: 'include', code: null },
    (body) => !('include' in body),
  ],
  ['chat', { message: "Invalid 'tools[1].function.parameters': expected an object." }, isWithoutBad],
  ['responses', { message: 'No.', param: 'tools[1].parameters' }, isWithoutBad],
  ['chat', { message: "tool_choice 'required' is not supported" }, (body) => !('tool_choice' in body)],
];

describe('the words in which providers refuse', () => {
  for (const [profile, error, isFree] of CASES) {
    it(`are understood by the ${profile} protocol: ${JSON.stringify(error).slice(0, 70)}`, async () => {
      const upstream = await startRecordingServer<Body>((request, response) =>
        isFree(request.body)
          ? sendWhole(response, 200, request.url.includes('chat') ? COMPLETION : RESPONSE)
          : sendWhole(response, 400, { error }),
      );
      const profiles = [
        ['chat', 'OpenAICompatible'],
        ['responses', 'OpenAIResponses'],
      ].map(
        ([name, type]) =>
          `[[profiles]]\nname = "${name}"\nprovider_type = "${type}"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\n`,
      );
      const proxy = await startTestProxy(profiles.join(''), { protocols: [openaiResponses] });
      try {
        const thinking = { type: 'enabled', budget_tokens: 4096 };
        const body = question({ max_tokens: 32_000, thinking, tools: TOOLS, tool_choice: { type: 'any' } });
        for (const attempts of ['2', '1']) {
          const response = await proxy.post(`/proxy/${profile}/v1/messages`, body);
          expect(response.status).to.equal(200);
          expect(response.headers.get('x-claudex-attempts')).to.equal(attempts);
        }
      } finally {
        await proxy.stop();
        await upstream.close();
      }
    });
  }
});
