/** Values for keys that have no default, or whose default says nothing; by their path in the documents. */
export const EXAMPLE_VALUES = {
  proxy_token: 'a-long-word-that-nobody-can-guess',
  default_profile: 'openai',
  model_aliases: { fast: 'gpt-5-mini' },
  'router.rules': { code: 'openai', default: 'openai' },
  'sets.registry': 'https://sets.example/index.json',
  'update.host': 'https://updates.example',
  'update.channel': 'stable',
  'oauth.issuer': 'https://login.example',
  'oauth.api_base': 'https://api.example',
  'oauth.client_id': 'my-application',
};

/** The dictionary `oauth` goes by login providers. */
export const EXAMPLE_LOGIN = 'gitlab';

/** A profile in which every key that a profile can have stands once. */
export const REFERENCE_PROFILE = {
  name: 'all-keys',
  provider: 'openai',
  provider_type: 'OpenAICompatible',
  base_url: 'https://api.example/v1',
  api_key: '',
  api_key_env: 'EXAMPLE_API_KEY',
  api_key_keyring: 'example',
  default_model: 'large-model',
  models: {
    haiku: 'small-model',
    sonnet: 'middle-model',
    opus: 'large-model',
    fable: 'large-model',
    subagent: 'small-model',
  },
  backup_providers: ['openai'],
  backup_models: { openai: 'gpt-5' },
  custom_headers: { 'X-Title': 'my project' },
  extra_env: { CLAUDE_CODE_MAX_RETRIES: '3' },
  oauth_provider: 'gitlab',
  max_tokens: 16_384,
  query_params: { 'api-version': '2024-12-01-preview' },
  timeouts: { connect_s: 10, first_byte_s: 120, idle_s: 300, ping_s: 15, drain_s: 30 },
  breaker: {
    failure_threshold: 3,
    failure_ratio: 0.5,
    min_requests: 10,
    window_s: 60,
    recovery_s: 30,
    max_recovery_s: 300,
  },
  quirks: { thinkTags: true },
  options: { region: 'eu' },
  context_window: 131_072,
  max_output_tokens: 16_384,
  effort: 'high',
};

const chat = { provider_type: 'OpenAICompatible' };
const direct = { provider_type: 'DirectAnthropic' };

/** Profiles to begin with, each with a line about it. */
export const EXAMPLE_PROFILES = [
  ['OpenAI', { name: 'openai', provider: 'openai', api_key_env: 'OPENAI_API_KEY' }],
  [
    'Anthropic, with a key of its API',
    {
      name: 'anthropic',
      ...direct,
      base_url: 'https://api.anthropic.com',
      api_key_env: 'MY_ANTHROPIC_KEY',
      default_model: 'claude-sonnet-4-5',
    },
  ],
  [
    "Claude with the login of Claude Code itself, without Claudex's proxy",
    {
      name: 'claude-max',
      ...direct,
      base_url: 'https://api.anthropic.com',
      auth_type: 'oauth',
      oauth_provider: 'claude',
      default_model: 'claude-sonnet-4-5',
    },
  ],
  [
    'OpenRouter',
    {
      name: 'openrouter',
      ...chat,
      base_url: 'https://openrouter.ai/api/v1',
      api_key_env: 'OPENROUTER_API_KEY',
      default_model: 'anthropic/claude-sonnet-4',
    },
  ],
  [
    'DeepSeek',
    {
      name: 'deepseek',
      ...chat,
      base_url: 'https://api.deepseek.com',
      api_key_env: 'DEEPSEEK_API_KEY',
      default_model: 'deepseek-chat',
    },
  ],
  [
    'Grok',
    { name: 'grok', ...chat, base_url: 'https://api.x.ai/v1', api_key_env: 'XAI_API_KEY', default_model: 'grok-4' },
  ],
  [
    'Kimi',
    {
      name: 'kimi',
      ...chat,
      base_url: 'https://api.moonshot.ai/v1',
      api_key_env: 'MOONSHOT_API_KEY',
      default_model: 'kimi-k2-0905-preview',
    },
  ],
  [
    'GLM',
    {
      name: 'glm',
      ...chat,
      base_url: 'https://api.z.ai/api/paas/v4',
      api_key_env: 'ZAI_API_KEY',
      default_model: 'glm-4.6',
    },
  ],
  [
    'Azure OpenAI',
    {
      name: 'azure',
      ...chat,
      base_url: 'https://my-resource.openai.azure.com/openai/deployments/my-deployment',
      api_key_env: 'AZURE_OPENAI_API_KEY',
      default_model: 'gpt-5',
      query_params: { 'api-version': '2024-12-01-preview' },
    },
  ],
  [
    'Ollama on this machine',
    { name: 'ollama', ...chat, base_url: 'http://127.0.0.1:11434/v1', default_model: 'qwen3-coder' },
  ],
  [
    'LM Studio on this machine',
    { name: 'lm-studio', ...chat, base_url: 'http://127.0.0.1:1234/v1', default_model: 'qwen3-coder' },
  ],
  [
    'vLLM, llama.cpp or any other server of that kind',
    {
      name: 'vllm',
      ...chat,
      base_url: 'http://127.0.0.1:8000/v1',
      default_model: 'qwen3-coder',
      context_window: 131_072,
    },
  ],
];
