import { expect } from 'chai';
import type { Fault } from '@claudex/sdk';
import { readFault } from '@claudex/sdk/codec';

function faultOf(error: object | string, status = 400): Fault {
  return readFault({ status, headers: {}, body: JSON.stringify({ error }) });
}

describe('recognising a prompt that is too long', () => {
  const figures: [text: string, prompt: number, maximum: number][] = [
    ['prompt is too long: 300 tokens > 200 maximum', 300, 200],
    ["This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.", 9000, 8192],
    [
      "This endpoint's maximum context length is 200000 tokens. However, you requested about 2500021 tokens (2500021 of text input).",
      2_500_021,
      200_000,
    ],
    ['prompt token count of 70000 exceeds the limit of 64000', 70_000, 64_000],
    ['The input token count (1100000) exceeds the maximum number of tokens allowed (1048576).', 1_100_000, 1_048_576],
    ["This model's maximum prompt length is 131072 but the request contains 150000 tokens.", 150_000, 131_072],
    ['Input length 9000 exceeds the maximum allowed input length of 8000 tokens.', 9000, 8000],
    ["Input length (9000) exceeds model's maximum context length (8192).", 9000, 8192],
    ['Your request exceeded model token limit: 8192 (requested: 9000)', 9000, 8192],
    [
      'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      40_000,
      32_768,
    ],
    ['request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it', 9000, 8192],
    ["The input (9,000 tokens) is longer than the model's context length (8,192 tokens).", 9000, 8192],
    ['Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192', 9000, 8192],
  ];
  for (const [text, prompt, maximum] of figures) {
    it(`reads the figures of “${text.slice(0, 60)}…”`, () => {
      const fault = faultOf({ message: text });
      expect(fault).to.include({ kind: 'context-overflow', retryable: false });
      expect(fault).to.include({ promptTokens: prompt, maximumTokens: maximum });
      expect(fault.message).to.match(new RegExp(`^prompt is too long: ${prompt} tokens > ${maximum} maximum`));
      expect(fault.message).to.include(text);
    });
  }

  const unknown: (string | object)[] = [
    { message: 'Your input exceeds the context window of this model.', code: 'context_length_exceeded' },
    { message: 'no', code: 'context_too_large' },
    { message: 'no', code: 'model_max_prompt_tokens_exceeded' },
    { message: 'The total length of all messages is too long.', type: 'too_many_prompt_tokens', code: 400 },
    { message: 'Prompt exceeds max length', code: '1261' },
    'Input is too long for requested model.',
    'Please reduce the length of the messages or completion.',
    'invalid params, context window exceeds limit',
    'litellm.ContextWindowExceededError: context window exceeded',
    'the request exceeds the available context size, try increasing it',
    'The number of tokens to keep from the initial prompt is greater than the context length',
    'prompt too long; exceeded max context length by 5 tokens',
  ];
  for (const error of unknown) {
    it(`recognises ${JSON.stringify(error).slice(0, 70)} without figures`, () => {
      const fault = faultOf(error);
      expect(fault.kind).to.equal('context-overflow');
      expect(fault.message).to.match(/^prompt is too long for this model's context window\. The provider said: /);
      expect(fault).not.to.have.any.keys('promptTokens', 'maximumTokens');
    });
  }

  const halves: [text: string, maximum: number][] = [
    ['Range of input length should be [1, 30720]', 30_720],
    ["This model's maximum context length is 8192 tokens.", 8192],
    ['maximum context length is 8192 tokens, see rule 5', 8192],
    ['`inputs` tokens + `max_new_tokens` must be <= 4096', 4096],
    ['the request exceeds the available context size (512 tokens), try increasing it', 512],
    ['The input token count exceeds the maximum number of tokens allowed (1048576).', 1_048_576],
  ];
  for (const [text, maximumTokens] of halves) {
    it(`keeps the one figure of “${text.slice(0, 60)}…”`, () => {
      const fault = faultOf({ message: text });
      expect(fault).to.include({ kind: 'context-overflow', maximumTokens }).and.not.have.property('promptTokens');
      expect(fault.message).to.match(/^prompt is too long for this model's context window\. The provider said: /);
    });
  }

  it('takes a request that cannot be parsed for one that is too long only under the status Copilot gives it', () => {
    expect(faultOf('failed to parse request', 413).kind).to.equal('context-overflow');
    expect(readFault({ status: 413, headers: {}, body: 'failed to parse request\n' }).kind).to.equal(
      'context-overflow',
    );
    expect(faultOf('failed to parse request').kind).to.equal('invalid-request');
  });

  it('does not believe figures without end', () => {
    const digits = '9'.repeat(400);
    const fault = faultOf({ message: `prompt is too long: ${digits} tokens > ${digits} maximum` });
    expect(fault).not.to.have.any.keys('promptTokens', 'maximumTokens');
  });

  it('takes the figures of llama.cpp from its fields', () => {
    const fault = faultOf({
      message: 'the request exceeds the available context size',
      type: 'exceed_context_size_error',
      n_prompt_tokens: 900,
      n_ctx: 512,
    });
    expect(fault.message).to.match(/^prompt is too long: 900 tokens > 512 maximum\./);
  });

  it('does not claim figures that make no sense', () => {
    expect(faultOf({ message: 'maximum context length is 8192 tokens, see rule 5' }).message).to.match(
      /^prompt is too long for this model/,
    );
  });

  it('tells apart that only prompt and answer together are too long', () => {
    const texts = [
      "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (5000 in the messages, 4000 in the completion).",
      "This endpoint's maximum context length is 8192 tokens. However, you requested about 9000 tokens (5000 of text input, 4000 in the output).",
      "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 8192 tokens and your request has 5000 input tokens (4000 > 8192 - 5000).",
      "Requested token count exceeds the model's maximum context length of 8192 tokens. You requested a total of 9000 tokens: 5000 tokens from the input messages and 4000 tokens for the completion.",
      '`inputs` tokens + `max_new_tokens` must be <= 8192. Given: 5000 `inputs` tokens and 4000 `max_new_tokens`',
      'input length and `max_tokens` exceed context limit: 5000 + 4000 > 8192, decrease input length or `max_tokens` and try again',
    ];
    for (const text of texts) {
      const fault = faultOf({ message: text });
      expect(fault).to.include({ kind: 'invalid-request', retryable: false });
      expect(fault.message).to.match(/^input length and `max_tokens` exceed context limit: 5000 \+ 4000 > 8192/);
    }
    const alone =
      "This model's maximum context length is 8192 tokens. However, you requested 13000 tokens (9000 in the messages, 4000 in the completion).";
    expect(faultOf({ message: alone }).message).to.match(/^prompt is too long: 9000 tokens > 8192 maximum/);
  });

  it('is not misled by an error that only quotes the words', () => {
    const texts = [
      'messages.2.content: the text "prompt is too long: 300 tokens > 200 maximum" may not stand here',
      "Unsupported value: 'prompt is too long' is not one of the stop sequences",
      'tool result `Error: prompt too long` has no call before it',
      'The title “prompt exceeds max length” is taken',
    ];
    for (const text of texts) expect(faultOf({ message: text }), text).to.include({ kind: 'invalid-request' });
  });

  it('recognises the words after a prefix, and in an error that is passed on as it came', () => {
    const words = 'prompt is too long: 300 tokens > 200 maximum';
    const texts = [
      words,
      `"${words}"`,
      `Your ${words}`,
      `litellm.BadRequestError: AnthropicException - ${words}`,
      `ValidationException: The model returned the following errors: ${words}`,
      `The model "some-model" refused the request: ${words}`,
      `Provider returned an error: {"type":"error","error":{"message":"${words}"}}`,
      `Error code: 400 - {'error': {'type': 'invalid_request_error', 'message': '${words}'}}`,
      `upstream said {\\"message\\": \\"Sorry, ${words}\\"}`,
      `BadRequestError("${words}")`,
    ];
    for (const text of texts) {
      expect(faultOf({ message: text }), text).to.include({
        kind: 'context-overflow',
        promptTokens: 300,
        maximumTokens: 200,
      });
    }
  });

  it('is not misled by rate limits and single fields', () => {
    const others = [
      { message: 'Too many tokens, please wait before trying again.' },
      { message: 'Rate limit reached: please reduce the length of the messages', code: 'rate_limit_exceeded' },
      {
        message: 'Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000',
        code: 'rate_limit_exceeded',
      },
      {
        message:
          "Invalid 'tools[0].function.description': string too long. Expected a string with maximum length 1024.",
        code: 'string_above_max_length',
      },
    ];
    for (const error of others) {
      expect(faultOf(error, 429).kind).to.not.equal('context-overflow');
      expect(faultOf(error).message).to.equal(error.message);
    }
  });
});
