import type { JsonObject } from '@claudex/sdk';

/*
 * Google's `generateContent` as far as it is read or written here. What servers answer with is open and everything in it
 * optional, because nothing that comes from outside can be relied upon.
 */

/** Bytes of a file, in base64. */
export type GeminiBlob = { mimeType: string; data: string };

/** A file that Google itself can reach. */
export type GeminiFileData = { fileUri: string; mimeType?: string };

/** A call of a function. Models before Gemini 3 know no ids. */
export type GeminiFunctionCall = { id?: string; name: string; args: JsonObject };

/** What a function answered. `parts` holds its pictures and files, which only models from Gemini 3 on take there. */
export type GeminiFunctionResponse = {
  id?: string;
  name: string;
  response: JsonObject;
  parts?: { inlineData: GeminiBlob }[];
};

/** A piece of a request's content: it has one of the fields that hold something, and marks beside it. */
export type GeminiPart = {
  text?: string;
  /** The text is reasoning. */
  thought?: boolean;
  /** What the model wants back on this very part. */
  thoughtSignature?: string;
  inlineData?: GeminiBlob;
  fileData?: GeminiFileData;
  functionCall?: GeminiFunctionCall;
  functionResponse?: GeminiFunctionResponse;
};

/** Everything one side says before the other side speaks again. */
export type GeminiContent = { role: 'user' | 'model'; parts: (GeminiPart | JsonObject)[] };

/** A function that is offered. Its arguments are described by either of two fields. */
export type GeminiFunctionDeclaration = {
  name: string;
  description?: string;
  /** Google's own subset of OpenAPI's schemas. */
  parameters?: JsonObject;
  /** JSON Schema. */
  parametersJsonSchema?: JsonObject;
};

/** An entry of `tools`: all functions stand in one of them, each tool that Google runs in one of its own. */
export type GeminiTool = { functionDeclarations: GeminiFunctionDeclaration[] } | { googleSearch: JsonObject };

/** Which functions the model may or must call. */
export type GeminiToolConfig = {
  functionCallingConfig?: { mode: 'AUTO' | 'ANY' | 'NONE'; allowedFunctionNames?: string[] };
  /** Must be set where functions and tools that Google runs are offered together. */
  includeServerSideToolInvocations?: boolean;
};

/** How much the model reasons: a level from Gemini 3 on, a budget in tokens before. */
export type GeminiThinkingConfig = { includeThoughts?: boolean; thinkingLevel?: string; thinkingBudget?: number };

/** All parameters of the answer. */
export type GeminiGenerationConfig = {
  maxOutputTokens?: number;
  temperature?: number;
  topP?: number;
  topK?: number;
  stopSequences?: string[];
  responseMimeType?: string;
  responseJsonSchema?: JsonObject;
  thinkingConfig?: GeminiThinkingConfig;
};

/** The body of a request. Model and streaming stand in the path. */
export type GeminiRequest = {
  contents: GeminiContent[];
  systemInstruction?: { parts: GeminiPart[] };
  tools?: GeminiTool[];
  toolConfig?: GeminiToolConfig;
  generationConfig?: GeminiGenerationConfig;
};

/** An object of an answer, of which nothing is certain. */
export type Loose = { readonly [field: string]: unknown };

/** An answer, or a piece of a streamed one. */
export interface GeminiAnswer extends Loose {
  readonly candidates?: unknown;
  readonly promptFeedback?: unknown;
  readonly usageMetadata?: unknown;
  readonly modelVersion?: unknown;
  readonly error?: unknown;
}
