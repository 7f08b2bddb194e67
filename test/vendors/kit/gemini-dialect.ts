import { gemini } from '../../matrix/dialects/gemini.ts';
import type { VendorWire } from './vendor.ts';

/** A part of a turn, as far as fakes look at it. */
export interface GeminiPart {
  readonly text?: string;
  readonly thought?: boolean;
  readonly thoughtSignature?: string;
  readonly inlineData?: { readonly mimeType: string; readonly data: string };
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args?: unknown };
  readonly functionResponse?: {
    readonly id?: string;
    readonly name: string;
    readonly response: { readonly [field: string]: unknown };
    readonly parts?: readonly GeminiPart[];
  };
}

/** One turn. */
export interface GeminiTurn {
  readonly role?: string;
  readonly parts: readonly GeminiPart[];
}

/** A request in Google's own protocol. */
export interface GeminiRequest {
  readonly contents: readonly GeminiTurn[];
  readonly systemInstruction?: GeminiTurn;
  readonly tools?: readonly {
    readonly functionDeclarations?: readonly GeminiFunction[];
    readonly googleSearch?: unknown;
  }[];
  readonly toolConfig?: unknown;
  readonly generationConfig?: { readonly [field: string]: unknown };
}

/** A tool. */
export interface GeminiFunction {
  readonly name: string;
  readonly parameters?: unknown;
  readonly parametersJsonSchema?: unknown;
}

/** Google's own protocol as models from Gemini 3 on speak it, whose calls have ids. */
export const geminiDialect: VendorWire['dialect'] = {
  ...gemini,
  whole: (answer, model, n) => JSON.parse(withIds(JSON.stringify(gemini.whole(answer, model, n)), counter(n))),
  stream(answer, model, n) {
    const next = counter(n);
    return gemini.stream(answer, model, n).map((event) => withIds(event, next));
  },
};

function withIds(text: string, next: () => string): string {
  return text.replaceAll('"functionCall":{', () => `"functionCall":{"id":"${next()}",`);
}

function counter(n: number): () => string {
  let index = 0;
  return () => `call_${n}_${index++}`;
}
