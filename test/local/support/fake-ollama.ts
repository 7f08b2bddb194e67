import { chatCompletion } from '../../support/chat-answers.ts';
import { serve, type TestServer } from '../../support/serve.ts';

/** A model as a fake Ollama has it. */
export interface OllamaModel {
  readonly name: string;
  /** The window it runs with; absent: it is not in memory. */
  readonly running?: number;
  /** What it could have. */
  readonly possible?: number;
  readonly capabilities?: readonly string[];
  readonly numCtx?: number;
}

/** Serves the routes of Ollama that Claudex asks, in the shapes of version 0.14, with models that may change meanwhile. */
export function serveOllama(models: () => readonly OllamaModel[], port = 0): Promise<TestServer> {
  return serve(({ url, body }, response) => {
    response.setHeader('content-type', 'application/json');
    const [path] = url.split('?');
    const answer = answerTo(path ?? '', body, models());
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer ?? { error: 'not found' }));
  }, port);
}

function answerTo(path: string, body: string, models: readonly OllamaModel[]): unknown {
  switch (path) {
    case '/api/tags':
      return {
        models: models.map(({ name }) => ({ name, model: name, size: 1, digest: 'd', details: { family: 'f' } })),
      };
    case '/api/ps':
      return {
        models: models.flatMap(({ name, running }) =>
          running === undefined ? [] : [{ name, model: name, size_vram: 1, context_length: running }],
        ),
      };
    case '/api/show':
      return shown((JSON.parse(body) as { model: string }).model, models);
    case '/v1/chat/completions':
      return chatCompletion((JSON.parse(body) as { model: string }).model, { text: 'hello' }, 0);
    default:
      return undefined;
  }
}

function shown(name: string, models: readonly OllamaModel[]): unknown {
  const model = models.find((each) => each.name === name);
  if (!model) return undefined;
  const { possible = 262_144, capabilities = ['completion', 'tools'], numCtx } = model;
  return {
    parameters: [
      'stop "<|im_end|>"',
      ...(numCtx === undefined ? [] : [`num_ctx                        ${numCtx}`]),
    ].join('\n'),
    details: { family: 'qwen3moe' },
    model_info: { 'general.architecture': 'qwen3moe', 'qwen3moe.context_length': possible },
    capabilities,
  };
}
