import { pieces, type Dialect } from '../support/dialect.ts';
import type { SeenConversation, SpokenAnswer } from '../support/conversation.ts';

interface Part {
  readonly text?: string;
  readonly inlineData?: { readonly mimeType: string };
  readonly thoughtSignature?: string;
  readonly functionCall?: { readonly id?: string };
  readonly functionResponse?: {
    readonly id?: string;
    readonly response: { readonly output?: string; readonly error?: string };
    readonly parts?: readonly Part[];
  };
}

interface Tool {
  readonly functionDeclarations?: readonly { readonly name: string }[];
  readonly googleSearch?: unknown;
}

interface GeminiRequest {
  readonly contents: readonly { readonly role: string; readonly parts: readonly Part[] }[];
  readonly tools?: readonly Tool[];
  readonly generationConfig?: {
    readonly responseMimeType?: string;
    readonly thinkingConfig?: { readonly thinkingLevel?: unknown };
  };
}

/** What a client of Google's own says of a call that has no signature. */
const NO_SIGNATURE = 'skip_thought_signature_validator';

const USAGE = { promptTokenCount: 1200, candidatesTokenCount: 30, totalTokenCount: 1230 };

/** The Gemini API with signed calls, as models from Gemini 3 on speak it. */
export const gemini: Dialect = {
  title: 'Gemini',
  profile: { provider_type: 'GoogleGemini', basePath: '/v1beta', quirks: { webSearch: 'tool' } },
  path: /^\/v1beta\/models\/[\w.-]+:(?:streamGenerateContent|generateContent)$/,
  read(body, headers, url): SeenConversation {
    const { contents, tools = [], generationConfig } = body as GeminiRequest;
    const spoken = contents.filter(({ role }) => role === 'model').flatMap(({ parts }) => parts);
    const heard = contents.filter(({ role }) => role === 'user').flatMap(({ parts }) => parts);
    const results = heard.flatMap(({ functionResponse: response }) => (response ? [response] : []));
    return {
      headers,
      turns: contents.filter(({ role }) => role === 'model').length,
      userText: heard.map(textOf).join('\n'),
      images: [...heard, ...results.flatMap(({ parts = [] }) => parts)].filter(isPicture).length,
      results: results.map(({ id = '', response }) => ({ id, text: response.output ?? response.error ?? '' })),
      callIds: spoken.flatMap(({ functionCall: call }) => (call ? [call.id ?? ''] : [])),
      tools: tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations.map(({ name }) => name)),
      maySearch: tools.some(({ googleSearch }) => googleSearch !== undefined),
      asksForShape: generationConfig?.responseMimeType !== undefined,
      effort: generationConfig?.thinkingConfig?.thinkingLevel,
      states: spoken.flatMap(({ thoughtSignature: state }) =>
        state === undefined || state === NO_SIGNATURE ? [] : [state],
      ),
      streamed: url.includes(':streamGenerateContent'),
    };
  },
  whole: (answer, model) => answerOf(partsOf(answer), answer, model, true),
  stream(answer, model) {
    const parts = partsOf(answer).flatMap((part): object[] => {
      if (!('text' in part)) return [part];
      const { text, ...more } = part as { text: string };
      return pieces(text).map((piece) => ({ text: piece, ...more }));
    });
    return [...parts.map((part) => [part]), []].map(
      (list, place) => `data: ${JSON.stringify(answerOf(list, answer, model, place === parts.length))}\n\n`,
    );
  },
  overflow: (tokens, maximum) => ({
    error: {
      code: 400,
      message: `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${maximum}).`,
      status: 'INVALID_ARGUMENT',
    },
  }),
};

function answerOf(parts: readonly object[], answer: SpokenAnswer, model: string, isLast: boolean): object {
  const candidate = { index: 0, content: { role: 'model', parts } };
  return {
    candidates: [{ ...candidate, ...(isLast && { finishReason: 'STOP', ...groundingOf(answer) }) }],
    usageMetadata: USAGE,
    modelVersion: model,
  };
}

/** The signature stands on the first call, as those models put it. */
function partsOf({ reasoning, text, calls = [] }: SpokenAnswer): object[] {
  return [
    ...(reasoning ? [{ text: reasoning.text, thought: true }] : []),
    ...(text === undefined ? [] : [{ text }]),
    ...calls.map(({ name, input }, place) => ({
      functionCall: { name, args: input },
      ...(place === 0 && reasoning && { thoughtSignature: reasoning.state }),
    })),
  ];
}

function groundingOf({ search, text = '' }: SpokenAnswer): object {
  if (!search) return {};
  const { query, url, title } = search;
  return {
    groundingMetadata: {
      webSearchQueries: [query],
      groundingChunks: [{ web: { uri: url, title } }],
      groundingSupports: [{ segment: { startIndex: 0, endIndex: text.length, text }, groundingChunkIndices: [0] }],
    },
  };
}

function isPicture({ inlineData }: Part): boolean {
  return inlineData?.mimeType.startsWith('image/') === true;
}

function textOf({ text = '', functionResponse: result }: Part): string {
  return result ? (result.response.output ?? result.response.error ?? '') : text;
}
