import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings');

/** Which provider of ours each folder of recordings is of. A folder that is not named here has no provider of its own. */
const PROVIDERS: { readonly [folder: string]: string } = {
  alibaba: 'qwen',
  anthropic: 'anthropic',
  azure: 'azure',
  'azure-anthropic': 'azure',
  'bedrock-mantle': 'bedrock',
  'bedrock-openai': 'bedrock',
  cerebras: 'cerebras',
  'codex-chatgpt': 'codex',
  copilot: 'github-copilot',
  deepseek: 'deepseek',
  fireworks: 'fireworks',
  'gemini-openai': 'gemini',
  groq: 'groq',
  huggingface: 'huggingface',
  llamacpp: 'llamacpp',
  lmstudio: 'lmstudio',
  mistral: 'mistral',
  moonshotai: 'moonshot',
  ollama: 'ollama',
  'ollama-cloud': 'ollama',
  openai: 'openai',
  openrouter: 'openrouter',
  perplexity: 'perplexity',
  together: 'together',
  'vercel-gateway': 'vercel',
  vllm: 'vllm',
  xai: 'xai',
  zai: 'zai',
};

/** `provider_type` by the folder of an interface. */
const TYPES = { chat: 'OpenAICompatible', responses: 'OpenAIResponses', anthropic: 'DirectAnthropic' } as const;

/** A recorded answer, and the profile that it has to pass through. */
export interface ProviderRecording {
  /** Path below the folder of recordings. */
  readonly file: string;
  readonly provider: string;
  readonly providerType: (typeof TYPES)[keyof typeof TYPES];
  readonly isStream: boolean;
  readonly body: Buffer;
  readonly expected: ExpectedAnswer;
}

/** What an independent reading of the recorded body says. */
export interface ExpectedAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal?: string;
  readonly toolCalls: readonly {
    readonly name: string | null;
    readonly arguments: unknown;
    readonly invalidJson?: true;
    /** Of a tool whose input is a text. */
    readonly custom?: true;
  }[];
  /** The text without the reasoning that stands in tags in it, and that reasoning. */
  readonly think?: { readonly reasoning: string; readonly text: string };
  /** Whether a stream of Chat Completions ended with `[DONE]`. */
  readonly done?: boolean;
  readonly finish: string | null;
  readonly error?: unknown;
  readonly badEvents?: number;
}

/** Every recorded answer of a provider that is ours; none where there are no recordings. */
export function providerRecordings(): ProviderRecording[] {
  return Object.entries(TYPES).flatMap(([api, providerType]) =>
    foldersOf(api).flatMap((folder) => {
      const provider = PROVIDERS[folder];
      if (provider === undefined) return [];
      return bodiesOf(join(api, folder)).map((file) => ({
        file,
        provider,
        providerType,
        isStream: file.endsWith('.sse'),
        body: readFileSync(join(ROOT, file)),
        expected: readJson(file.replace(/\.(?:sse|json)$/, '.expected.json')) as ExpectedAnswer,
      }));
    }),
  );
}

/** A recorded failure of a provider that is ours. */
export interface RecordedFailure {
  readonly file: string;
  readonly provider: string;
  readonly status: number;
  readonly body: Buffer;
  /** What the provider says, as far as it says anything. */
  readonly message: string | null;
}

/** Every recorded failure of a provider that is ours. */
export function providerFailures(): RecordedFailure[] {
  return foldersOf('errors').flatMap((folder) => {
    const provider = PROVIDERS[folder];
    if (provider === undefined) return [];
    return bodiesOf(join('errors', folder)).map((file) => {
      const beside = (ending: string): unknown => readJson(file.replace(/\.(?:json|txt)$/, ending));
      const { status } = beside('.meta.json') as { status: number };
      const { message } = beside('.expected.json') as { message: string | null };
      return { file, provider, status, message, body: readFileSync(join(ROOT, file)) };
    });
  });
}

function foldersOf(api: string): string[] {
  const folder = join(ROOT, api);
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

function bodiesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .toSorted()
    .filter((name) => /\.(?:sse|json|txt)$/.test(name) && !/\.(?:expected|request|meta)\.json$/.test(name))
    .map((name) => join(folder, name));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}
