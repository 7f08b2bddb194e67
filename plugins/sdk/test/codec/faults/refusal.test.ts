import { expect } from 'chai';
import type { Refusal } from '@claudex/sdk';
import { findRefusal, readFault, readFaultBody } from '@claudex/sdk/codec';

function refused(body: unknown, status = 400): Refusal | undefined {
  return readFault({ status, headers: {}, body: JSON.stringify(body) }).refused;
}

/** What an error in the shape of OpenAI, with only a message, says was refused. */
function said(message: string): Refusal | undefined {
  return refused({ error: { message } });
}

describe('reading what was refused', () => {
  const fields: readonly [name: string, message: string][] = [
    [
      'max_tokens',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ],
    ['top_k', "Unknown parameter: 'top_k'."],
    ['reasoning', "Unknown parameter: 'reasoning.summary[0]'."],
    ['stop', 'Unrecognized request argument supplied: stop'],
    ['seed', 'Unrecognized request arguments supplied: seed, store'],
    ['user', 'Unrecognized key(s) in object: "user"'],
    ['temperature', "Unsupported value: 'temperature' does not support 0.2 with this model."],
    ['prompt_cache_key', 'prompt_cache_key: Extra inputs are not permitted'],
    [
      'generation_config',
      `Invalid JSON payload received. Unknown name "seed" at 'generation_config': Cannot find field.`,
    ],
    ['store', 'Invalid JSON payload received. Unknown name "store": Cannot find field.'],
    ['logit_bias', 'property `logit_bias` is not supported'],
    ['parallel_tool_calls', 'parallel_tool_calls is not supported by this model'],
    ['reasoning_effort', '"gemma3" does not support thinking'],
    ['reasoning_effort', 'This model does not support reasoning.'],
  ];
  for (const [name, message] of fields) {
    it(`finds the field in: ${message.slice(0, 60)}`, () => {
      expect(said(message)).to.deep.equal({ part: 'field', name });
    });
  }

  it('takes the field from where OpenAI names it', () => {
    const error = { message: 'No.', param: 'text.verbosity', code: 'unsupported_value' };
    expect(refused({ error })).to.deep.equal({ part: 'field', name: 'text' });
    expect(refused({ error: { ...error, code: 'unknown_parameter' } })).to.deep.equal({ part: 'field', name: 'text' });
    expect(refused({ error: { ...error, code: 'invalid_value' } })).to.equal(undefined);
  });

  it('takes the field from the place FastAPI names, and from the one sentence of Codex', () => {
    const entry = { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' };
    expect(refused({ detail: [entry] }, 422)).to.deep.equal({ part: 'field', name: 'stream_options' });
    expect(refused({ detail: 'Unsupported parameter: max_output_tokens' })).to.deep.equal({
      part: 'field',
      name: 'max_output_tokens',
    });
  });

  const values: readonly [param: string, message: string][] = [
    ['include', 'Encrypted content is not supported with this model.'],
    ['tool_choice', "tool_choice 'required' is not supported"],
    ['reasoning.summary', 'Summaries are not supported with this model.'],
  ];
  for (const [param, message] of values) {
    it(`takes the field from beside: ${message}`, () => {
      const [name] = param.split('.');
      expect(refused({ error: { message, param, code: null } })).to.deep.equal({ part: 'field', name });
      expect(refused({ error: { message: 'No.', param } })).to.equal(undefined);
    });
  }

  const choices = [
    "tool_choice 'required' is not supported",
    "tool_choice 'specified' is incompatible with thinking enabled",
    'The tool_choice parameter does not support being set to required or object in thinking mode',
    'This model does not support this tool_choice',
    "body.tool_choice: Input should be 'none' or 'auto'",
  ];
  for (const message of choices) {
    it(`finds the choice of a tool in: ${message.slice(0, 60)}`, () => {
      expect(said(message)).to.deep.equal({ part: 'field', name: 'tool_choice' });
    });
  }

  const essential = [
    "Unknown parameter: 'messages[3].name'.",
    "Unsupported value: 'messages[0].role' does not support 'developer' with this model.",
    "Unknown parameter: 'input[2].status'.",
    "Unknown parameter: 'tools[0].function.strict'.",
    'Unsupported parameter: model',
    'Unrecognized request argument supplied: stream',
    'messages.3.content.0.citations: Extra inputs are not permitted',
    '"gemma3" does not support tools',
    'instructions: Extra inputs are not permitted',
  ];
  for (const message of essential) {
    it(`never offers to leave out what is needed: ${message.slice(0, 50)}`, () => {
      expect(said(message)).to.equal(undefined);
    });
  }

  const nothing = [
    'The model `llama3` has been decommissioned and is no longer supported.',
    "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
    "output_format.schema: For 'integer' type, property 'minimum' is not supported",
    'Unsupported parameter: ',
    "Unknown parameter: '[0]'.",
    'Something is wrong.',
    'max_tokens: Field required',
    '`max_tokens` must be greater than `thinking.budget_tokens`.',
    'max_tokens must be less than or equal to 0',
    'body.tools.0.name: Field required; body.tools.1.name: Field required',
    'input[3].tools is empty.',
    "messages[3].tool_calls[0]: arguments for tool 'Edit' do not match its schema",
    "Invalid arguments for function 'Read': not valid under the given schema",
  ];
  for (const message of nothing) {
    it(`finds nothing in: ${message.slice(0, 60)}`, () => {
      expect(said(message)).to.equal(undefined);
    });
  }

  const tools: readonly [name: string, message: string][] = [
    ['get_weather', "Invalid schema for function 'get_weather': In context=(), 'required' is required."],
    ['mcp__a-b__c', 'Invalid schema for function mcp__a-b__c: schema must be an object.'],
    ['Read', 'Tool "Read" has an invalid input schema.'],
    ['Read', 'Failed to compile the schema for tool Read.'],
  ];
  for (const [name, message] of tools) {
    it(`finds the tool in: ${message.slice(0, 50)}`, () => {
      expect(said(message)).to.deep.equal({ part: 'tool', name });
    });
  }

  const places: readonly [index: number, message: string][] = [
    [3, "Invalid 'tools[3].function.parameters': expected an object."],
    [1, "Invalid 'tools[1].name': string does not match pattern."],
    [4, 'tools.4.custom.input_schema: JSON schema is invalid.'],
    [2, 'body.tools.2.function.name: String should match pattern; body.tools.2.function.parameters: Invalid'],
    [1, 'GenerateContentRequest.tools[0].function_declarations[1].parameters.properties[x].items: missing field.'],
  ];
  for (const [index, message] of places) {
    it(`finds the place of the tool in: ${message.slice(0, 50)}`, () => {
      expect(said(message)).to.deep.equal({ part: 'tool', index });
    });
  }

  it('tells a limit of this prompt from the limit of the model', () => {
    const model = 'max_tokens must be less than or equal to 8192';
    expect(said(model)).to.deep.equal({ part: 'output-limit', maximum: 8192 });
    const prompt = 'max_tokens must be less than or equal to 1500 (context length 8192 - prompt 6692)';
    expect(said(prompt)).to.deep.equal({ part: 'output-limit', maximum: 1500, ofThisPrompt: true });
  });

  it('takes the place of a tool from where OpenAI names it, and its name rather than that', () => {
    const param = 'tools[1].function.parameters';
    expect(refused({ error: { message: 'No.', param } })).to.deep.equal({ part: 'tool', index: 1 });
    const error = { message: "Invalid schema for function 'Read': no.", param, code: 'invalid_function_parameters' };
    expect(refused({ error })).to.deep.equal({ part: 'tool', name: 'Read' });
    expect(refused({ error: { message: 'No.', param, code: 'unknown_parameter' } })).to.equal(undefined);
  });

  it('does not blame a tool for a wrong call of the model', () => {
    const message = "tool call validation failed: arguments for tool 'Read' did not match schema";
    expect(refused({ error: { message, code: 'tool_use_failed' } })).to.equal(undefined);
  });

  const states = [
    'The encrypted content gAAA...AA== could not be verified.',
    `Encrypted content for item rs_1 could not be decrypted or parsed.`,
    'Function call is missing a thought_signature in functionCall parts.',
    'Thought signature is not valid. thoughtSignature',
    "Item with id 'rs_0a1' not found. Items are not persisted when `store` is set to false.",
    'messages.1.content.0: Invalid `signature` in `thinking` block',
    'messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
  ];
  for (const message of states) {
    it(`finds lost state in: ${message.slice(0, 50)}`, () => {
      expect(said(message)).to.deep.equal({ part: 'state' });
    });
  }

  it('finds lost state by its code, and where it counts as not found', () => {
    expect(refused({ error: { message: 'No.', code: 'invalid_encrypted_content' } })).to.deep.equal({ part: 'state' });
    expect(refused({ error: { message: "Item with id 'rs_1' not found." } }, 404)).to.deep.equal({ part: 'state' });
    expect(refused({ error: { message: "Unknown parameter: 'top_k'." } }, 404)).to.equal(undefined);
  });

  it('says nothing about other failures', () => {
    const message = "Unsupported parameter: 'top_k'.";
    for (const status of [401, 403, 413, 429, 500])
      expect(refused({ error: { message } }, status), String(status)).to.equal(undefined);
    expect(refused({ error: { message, code: 'rate_limit_exceeded' } })).to.equal(undefined);
    expect(refused({ error: { message, code: 'context_length_exceeded' } })).to.equal(undefined);
    expect(readFaultBody({ error: { message } })).not.to.have.property('refused');
  });

  it('copes with texts without end', () => {
    for (const text of ['encrypted content ', "Tool 'x' ", 'a'.repeat(10), '"', 'unknown parameter: '])
      expect(() => findRefusal({ message: text.repeat(20_000) })).not.to.throw();
    expect(findRefusal({})).to.equal(undefined);
  });
});
