/** A request that a vendor must refuse, and with what. */
export interface RefusedRequest {
  readonly vendor: string;
  readonly title: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body: { readonly [field: string]: unknown };
  readonly status: number;
  readonly says: string;
}

const user = { role: 'user', content: 'Hello?' };
const call = (id: string) => ({ id, type: 'function', function: { name: 'look', arguments: '{}' } });
const result = (tool_call_id: string) => ({ role: 'tool', tool_call_id, content: 'seen' });
const tool = (parameters: object) => ({ type: 'function', function: { name: 'look', parameters } });
const LOOK = tool({ type: 'object', properties: {} });
const loop = (id: string, more: object = {}) => [
  user,
  { role: 'assistant', content: null, tool_calls: [call(id)], ...more },
  result(id),
];
const chat = (model: string, more: object = {}) => ({ model, messages: [user], ...more });
const ask = (model: string, more: object = {}) => ({ model, max_tokens: 100, messages: [user], ...more });
const version = { 'anthropic-version': '2023-06-01' };

/** One request against each of the rules that rows are likely to break. */
export const REFUSED_REQUESTS: readonly RefusedRequest[] = [
  on('openai', 'a wrong key', '/v1/responses', { model: 'gpt-6-luna', input: 'x' }, 'Incorrect API key', 401, {
    authorization: 'Bearer nobody',
  }),
  on('openai', 'an unknown model', '/v1/responses', { model: 'gpt-4o', input: [] }, 'does not exist', 404),
  on('openai', 'a temperature', '/v1/responses', { model: 'gpt-6-luna', input: [], temperature: 1 }, 'temperature'),
  on(
    'openai',
    'max_tokens in Chat',
    '/v1/chat/completions',
    chat('gpt-6-luna', { max_tokens: 9 }),
    'max_completion_tokens',
  ),
  on(
    'openai',
    'a long id',
    '/v1/chat/completions',
    chat('gpt-6-luna', { messages: loop('i'.repeat(41)), tools: [LOOK] }),
    'too long',
  ),
  on(
    'openai',
    'an item that was not stored',
    '/v1/responses',
    { model: 'gpt-6-luna', store: false, input: [{ type: 'reasoning', id: 'rs_1', summary: [] }] },
    'not found',
    404,
  ),
  on(
    'openai',
    'an output nobody asked for',
    '/v1/responses',
    { model: 'gpt-6-luna', input: [{ type: 'function_call_output', call_id: 'c', output: '' }] },
    'No tool call found',
  ),
  on(
    'openai',
    'a tool that is strict by default',
    '/v1/responses',
    {
      model: 'gpt-6-luna',
      input: [],
      tools: [
        { type: 'function', name: 'look', parameters: { type: 'object', properties: { a: { type: 'string' } } } },
      ],
    },
    'additionalProperties',
  ),
  on(
    'openai',
    'a choice at the root of a schema',
    '/v1/chat/completions',
    chat('gpt-6-luna', { tools: [tool({ type: 'object', anyOf: [] })] }),
    'anyOf',
  ),
  on(
    'anthropic',
    'a budget for Claude 5.5',
    '/v1/messages',
    ask('claude-opus-5-5', { thinking: { type: 'enabled', budget_tokens: 2000 } }),
    'adaptive',
    400,
    version,
  ),
  on(
    'anthropic',
    'a parameter of others',
    '/v1/messages',
    ask('claude-opus-5-5', { reasoning_effort: 'low' }),
    'Extra inputs',
    400,
    version,
  ),
  on(
    'anthropic',
    'a foreign signature',
    '/v1/messages',
    ask('claude-opus-5-5', {
      messages: [
        user,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'x', signature: 'foreign' },
            { type: 'text', text: 'y' },
          ],
        },
        user,
      ],
    }),
    'signature',
    400,
    version,
  ),
  on('anthropic', 'a request without a version', '/v1/messages', ask('claude-opus-5-5'), 'anthropic-version'),
  on(
    'minimax',
    'a system turn',
    '/anthropic/v1/messages',
    ask('MiniMax-M3', { messages: [user, { role: 'system', content: 'x' }] }),
    'messages.1.role',
  ),
  on(
    'minimax',
    'a picture for a blind model',
    '/anthropic/v1/messages',
    ask('MiniMax-M2.7', { messages: [{ role: 'user', content: [{ type: 'image', source: {} }] }] }),
    'image input',
  ),
  on(
    'minimax',
    'a tool of the server',
    '/anthropic/v1/messages',
    ask('MiniMax-M3', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }),
    'unsupported tool type',
  ),
  on(
    'fireworks',
    'a breakpoint on a tool',
    '/inference/v1/messages',
    ask('accounts/fireworks/routers/kimi-latest', {
      tools: [{ name: 'look', input_schema: { type: 'object' }, cache_control: { type: 'ephemeral' } }],
    }),
    'cache_control',
  ),
  on(
    'deepseek',
    'a call without its reasoning',
    '/chat/completions',
    chat('deepseek-flash', { messages: loop('c1'), tools: [LOOK] }),
    'reasoning_content',
  ),
  on(
    'deepseek',
    'a schema of the answer',
    '/chat/completions',
    chat('deepseek-flash', { response_format: { type: 'json_schema' } }),
    'response_format',
  ),
  on(
    'moonshot',
    'a call without its reasoning',
    '/v1/chat/completions',
    chat('kimi-k3', { messages: loop('c1'), tools: [LOOK] }),
    'reasoning_content',
  ),
  on(
    'moonshot',
    'a property without a type',
    '/v1/chat/completions',
    chat('kimi-k3', { tools: [tool({ type: 'object', properties: { a: {} } })] }),
    'no type',
  ),
  on('kimi-code', 'a program it does not know', '/coding/v1/messages', ask('k3.1-pro'), 'Coding Agents', 403),
  on(
    'mistral',
    'an id of ten letters',
    '/v1/chat/completions',
    chat('mistral-large-4', { messages: loop('abcdefghij'), tools: [LOOK] }),
    '3280',
  ),
  on(
    'mistral',
    'a user right after a tool',
    '/v1/chat/completions',
    chat('mistral-large-4', { messages: [...loop('abcdefghi'), user], tools: [LOOK] }),
    '3230',
  ),
  on(
    'groq',
    'a list as the result of a tool',
    '/openai/v1/chat/completions',
    chat('openai/gpt-oss-120b', {
      messages: [...loop('c1').slice(0, 2), { ...result('c1'), content: [] }],
      tools: [LOOK],
    }),
    'must be',
  ),
  on(
    'cerebras',
    'the switch for parallel calls',
    '/v1/chat/completions',
    chat('gpt-oss-120b', { parallel_tool_calls: true, tools: [LOOK] }),
    'parallel_tool_calls',
  ),
  on(
    'together',
    'instructions in the middle',
    '/v1/chat/completions',
    chat('zai-org/GLM-5.3', { messages: [user, { role: 'system', content: 'x' }] }),
    'System message',
  ),
  on('zai', 'an unknown model', '/api/anthropic/v1/messages', ask('glm-5.3[1m]'), 'Unknown Model'),
  on('perplexity', 'Chat Completions', '/v1/chat/completions', chat('perplexity/sonar'), 'Agent API', 410),
  on('xai', 'a verbosity', '/v1/responses', { model: 'grok-4.7', input: [], text: { verbosity: 'low' } }, 'verbosity'),
  on(
    'gemini',
    'a call without a signature',
    '/v1beta/models/gemini-4-argon:generateContent',
    {
      contents: [
        { role: 'user', parts: [{ text: 'x' }] },
        { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look', response: {} } }] },
      ],
    },
    'thought_signature',
    400,
    { 'x-goog-api-key': 'AIzaKeyOfGemini0123456789' },
  ),
  on(
    'gemini',
    'two turns of the user',
    '/v1beta/models/gemini-4-argon:generateContent',
    {
      contents: [
        { role: 'user', parts: [{ text: 'x' }] },
        { role: 'user', parts: [{ text: 'y' }] },
      ],
    },
    'alternate',
    400,
    { 'x-goog-api-key': 'AIzaKeyOfGemini0123456789' },
  ),
  on(
    'llamacpp',
    'instructions in the middle',
    '/v1/chat/completions',
    chat('qwen3.8-27b.gguf', { messages: [user, { role: 'system', content: 'x' }] }),
    'System message',
  ),
  on('openai', 'a path of others', '/v1/messages', { model: 'gpt-6-luna' }, 'no such path', 404),
];

function on(
  vendor: string,
  title: string,
  path: string,
  body: RefusedRequest['body'],
  says: string,
  status = 400,
  headers: RefusedRequest['headers'] = {},
): RefusedRequest {
  return { vendor, title, path, headers, body, status, says };
}
