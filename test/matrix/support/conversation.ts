import type { IncomingHttpHeaders } from 'node:http';

/** A tool call as the model makes it. */
export interface SpokenCall {
  readonly name: string;
  readonly input: { readonly [field: string]: unknown };
}

/** What a scripted model says, in no protocol's words. */
export interface SpokenAnswer {
  /** Reasoning and the state the provider wants back with it. */
  readonly reasoning?: { readonly text: string; readonly state: string };
  readonly text?: string;
  readonly calls?: readonly SpokenCall[];
  /** The provider searched by itself before it answered. */
  readonly search?: { readonly query: string; readonly url: string; readonly title: string };
  /** The connection breaks in the middle of the text. */
  readonly cut?: true;
  /** The prompt does not fit. */
  readonly overflow?: { readonly tokens: number; readonly maximum: number };
}

/** What a provider can read out of a request, in no protocol's words. */
export interface SeenConversation {
  readonly headers: IncomingHttpHeaders;
  /** How many times the model has spoken. */
  readonly turns: number;
  /** Everything the user said, tool results included, in order. */
  readonly userText: string;
  /** Pictures anywhere in the conversation. */
  readonly images: number;
  readonly results: readonly { readonly id: string; readonly text: string }[];
  /** Ids of the calls that the model is told it made. */
  readonly callIds: readonly string[];
  /** Tools the model may call now. */
  readonly tools: readonly string[];
  /** Whether the provider was asked to search by itself. */
  readonly maySearch: boolean;
  /** Whether an answer of a certain shape is asked for. */
  readonly asksForShape: boolean;
  /** How much reasoning is asked for, in the provider's own words. */
  readonly effort: unknown;
  /** State of earlier reasoning that came back. */
  readonly states: readonly string[];
  readonly streamed: boolean;
}
