import type { DescribeIo, Json, ModelFacts, ReasoningFacts } from '@claudex/sdk';
import { at, entries, firstSize, leastSize, modalitiesFor } from './values.ts';

/** Of more models only what the list says is known: each costs a call. */
const MOST_SHOWN = 16;

// Levels of Ollama's documentation, November 2026; those of gpt-oss are OpenAI's, which cannot be switched off.
const SWITCHABLE: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'max'], canDisable: true };
const ALWAYS_ON: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };
const NONE: ReasoningFacts = { efforts: [] };

/**
 * Asks Ollama what each model can (`/api/show`), and which run with what window (`/api/ps`). Of one that does not run only
 * its own setting `num_ctx` is certain; without, the server decides when it loads it, up to what the model can.
 */
export async function describeOllama({ listed, wanted, ask }: DescribeIo): Promise<readonly ModelFacts[]> {
  const known = withShortNames(listed, wanted);
  const running = await runningWindows(ask);
  const order = [...wanted, ...(running?.keys() ?? []), ...known.map(({ id }) => id)];
  const shown = [...new Set(order)].filter((id) => known.some((facts) => facts.id === id)).slice(0, MOST_SHOWN);
  const details = new Map(
    await Promise.all(shown.map(async (id) => [id, await ask('/api/show', { model: id })] as const)),
  );
  return known.flatMap((facts) => {
    const name = wholeName(facts.id);
    return described(facts, details.get(facts.id), { loaded: running?.has(name), window: running?.get(name) });
  });
}

/** A name without a tag means the tag `latest`, which the list writes out. */
function withShortNames(listed: readonly ModelFacts[], wanted: readonly string[]): ModelFacts[] {
  const short = wanted.flatMap((id) => {
    const whole = listed.find((facts) => facts.id === wholeName(id));
    return whole === undefined || whole.id === id ? [] : [{ ...whole, id }];
  });
  return [...listed, ...short];
}

function wholeName(id: string): string {
  return /:[^/]*$/.test(id) ? id : `${id}:latest`;
}

/** The window of every model in memory; without a size where an older Ollama does not say it. */
async function runningWindows(ask: DescribeIo['ask']): Promise<Map<string, number | undefined> | undefined> {
  const models = at(await ask('/api/ps'), 'models');
  if (!Array.isArray(models)) return undefined;
  return new Map(
    entries(models).flatMap((model) => {
      const name = model['model'] ?? model['name'];
      return typeof name === 'string' ? [[wholeName(name), firstSize(model['context_length'])] as const] : [];
    }),
  );
}

/** What Ollama says of a model that it has in memory, or has not. */
interface Running {
  /** Undefined where nobody says what is in memory. */
  readonly loaded: boolean | undefined;
  readonly window: number | undefined;
}

function described(facts: ModelFacts, show: Json | undefined, { loaded, window }: Running): ModelFacts[] {
  const capabilities = at(show, 'capabilities');
  const can = Array.isArray(capabilities) ? capabilities : undefined;
  if (can && !can.includes('completion')) return [];
  const possible = possibleWindow(show);
  const contextWindow = window ?? leastSize(settingOf(show, 'num_ctx'), possible);
  // A model that Ollama passes on to its cloud is never in memory, and has its whole window.
  const isRemote = typeof at(show, 'remote_host') === 'string';
  return [
    {
      ...facts,
      ...(contextWindow !== undefined && { contextWindow }),
      ...(can && {
        tools: can.includes('tools'),
        modalities: modalitiesFor(can.includes('vision')),
        reasoning: reasoningOf(can, at(show, 'details', 'family')),
      }),
      ...(!isRemote && loaded !== undefined && { loaded }),
    },
  ];
}

function reasoningOf(can: readonly Json[], family: Json | undefined): ReasoningFacts {
  if (!can.includes('thinking')) return NONE;
  return family === 'gptoss' ? ALWAYS_ON : SWITCHABLE;
}

/** `qwen3moe.context_length`, of whatever architecture. */
function possibleWindow(show: Json | undefined): number | undefined {
  const info = at(show, 'model_info');
  const architecture = at(info, 'general.architecture');
  if (typeof architecture === 'string') return firstSize(at(info, `${architecture}.context_length`));
  const fields = typeof info === 'object' && info !== null ? Object.entries(info) : [];
  return firstSize(...fields.flatMap(([name, value]) => (name.endsWith('.context_length') ? [value] : [])));
}

/** A setting of the model's own, of which there is one on each line: `num_ctx 32768`. */
function settingOf(show: Json | undefined, name: string): number | undefined {
  const parameters = at(show, 'parameters');
  if (typeof parameters !== 'string') return undefined;
  const line = parameters.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : firstSize(Number(line.slice(name.length).trim()));
}
