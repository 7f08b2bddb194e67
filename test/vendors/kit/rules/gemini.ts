import type { GeminiFunction, GeminiPart, GeminiRequest, GeminiTurn } from '../gemini-dialect.ts';
import { refuse } from '../refuse.ts';
import type { Refusal, Rule, VendorCall } from '../vendor.ts';
import { onlyParameters, picturesAreTaken } from './common.ts';
import { anySchema, checkSchemas, geminiSchema } from './schemas.ts';

/** Takes the place of a signature for calls that somebody else made. */
const FOREIGN = 'skip_thought_signature_validator';

/** The fields of a request. */
const fields = onlyParameters(
  [
    'contents',
    'systemInstruction',
    'tools',
    'toolConfig',
    'generationConfig',
    'safetySettings',
    'cachedContent',
    'labels',
  ],
  (name) => `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`,
);

const GENERATION_FIELDS =
  'maxOutputTokens temperature topP topK stopSequences candidateCount responseMimeType responseSchema responseJsonSchema presencePenalty frequencyPenalty seed thinkingConfig mediaResolution'.split(
    ' ',
  );

/** What may stand in `generationConfig`, and the limit of the answer. */
const generation: Rule = (call) => {
  const config = requestOf(call).generationConfig ?? {};
  const unknown = Object.keys(config).find((name) => !GENERATION_FIELDS.includes(name));
  if (unknown !== undefined) return refuse(`Unknown name "${unknown}" at 'generation_config': Cannot find field.`);
  const limit = config['maxOutputTokens'];
  if (typeof limit === 'number' && call.facts && limit > call.facts.output)
    return refuse(`Unable to submit request because it has a maxOutputTokens value of ${limit}`);
  const { thinkingLevel, thinkingBudget } = (config['thinkingConfig'] ?? {}) as { [name: string]: unknown };
  if (thinkingLevel !== undefined && thinkingBudget !== undefined)
    return refuse('Only one of thinking level and thinking budget can be set');
  return thinkingLevel === undefined ||
    ['"low"', '"medium"', '"high"'].includes(JSON.stringify(thinkingLevel).toLowerCase())
    ? undefined
    : refuse(`thinking level ${JSON.stringify(thinkingLevel)} is not supported for this model`);
};

/** User and model take turns, and all of them say something. */
const turns: Rule = (call) => {
  let before = '';
  for (const { role = 'user', parts } of requestOf(call).contents) {
    if (role !== 'user' && role !== 'model') return refuse('Please use a valid role: user, model.');
    if (parts.length === 0) return refuse('contents.parts must not be empty.');
    if (parts.some(({ text }) => text === ''))
      return refuse('Unable to submit request because it must have a text parameter');
    if (role === before) return refuse('Please ensure that multiturn requests alternate between user and model.');
    if (before === '' && role === 'model') return refuse('Please ensure that the first turn is of role user.');
    before = role;
  }
  return undefined;
};

/** The responses to all calls of a turn come together, right behind it, under the names of the calls. */
const parity: Rule = (call) => {
  const contents = requestOf(call).contents;
  for (const [index, turn] of contents.entries()) {
    const calls = partsOf(turn, 'functionCall');
    const answers = partsOf(contents[index + 1] ?? { parts: [] }, 'functionResponse');
    if (turn.role === 'model' && String(answers) !== String(calls))
      return refuse(
        'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
      );
  }
  return undefined;
};

/** The first call of each step carries the signature that it came with. */
const signatures: Rule = (call) => {
  if (/gemini-[12]/.test(call.model)) return undefined;
  for (const { role, parts } of requestOf(call).contents) {
    const first = role === 'model' ? parts.find(({ functionCall }) => functionCall) : undefined;
    const refusal = first && signatureOf(first, call);
    if (refusal) return refusal;
  }
  return undefined;
};

/** Tools are functions whose schemas can be read. */
const tools: Rule = (call) => {
  const lists = requestOf(call).tools ?? [];
  const functions = lists.flatMap(({ functionDeclarations = [] }) => functionDeclarations);
  const wrong = functions.find(({ name }) => !/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/.test(name));
  if (wrong) return refuse(`Invalid function name: ${wrong.name}`);
  const both = functions.find((each) => each.parameters !== undefined && each.parametersJsonSchema !== undefined);
  if (both) return refuse('parameters and parametersJsonSchema are mutually exclusive');
  return (
    checkSchemas(schemasOf(functions, 'parameters'), geminiSchema) ??
    checkSchemas(schemasOf(functions, 'parametersJsonSchema'), anySchema)
  );
};

/** Pictures only for models that see. */
const pictures: Rule = (call) =>
  picturesAreTaken(
    call.facts,
    requestOf(call)
      .contents.flatMap(({ parts }) => parts)
      .filter((part) => part.inlineData).length,
  );

/** What Google holds a request of its own protocol against. */
export const GEMINI_RULES: readonly Rule[] = [fields, generation, turns, parity, signatures, tools, pictures];

function signatureOf({ functionCall, thoughtSignature: sent }: GeminiPart, call: VendorCall): Refusal | undefined {
  const said = call.saidWith(functionCall?.id ?? '')?.reasoning;
  if (sent === undefined) return refuse('Function call is missing a thought_signature in functionCall parts.');
  const isRight = said ? sent === said.state : sent === FOREIGN || sent.startsWith('state-');
  return isRight ? undefined : refuse('Corrupted thought signature.');
}

function requestOf({ body }: VendorCall): GeminiRequest {
  return { contents: [], ...body };
}

function partsOf({ parts }: GeminiTurn, kind: 'functionCall' | 'functionResponse'): string[] {
  return parts.flatMap((part) => part[kind]?.name ?? []).toSorted();
}

function schemasOf(functions: readonly GeminiFunction[], field: 'parameters' | 'parametersJsonSchema') {
  return functions.flatMap((each) => (each[field] === undefined ? [] : [{ name: each.name, schema: each[field] }]));
}
