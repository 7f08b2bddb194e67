import type { ContentBlock, JsonObject, StopReason } from '@claudex/sdk';
import type { SearchTool } from '@claudex/sdk/codec';

/** A call that the proxy answers. */
export interface SearchCall {
  /** The id that the client knows. */
  readonly id: string;
  /** The id in the conversation with the model. */
  readonly callId: string;
  readonly tool: SearchTool;
  /** Empty where the model's arguments are no JSON object. */
  readonly input: JsonObject;
}

/** One answer of the model that calls searches. */
export interface Round {
  readonly calls: readonly SearchCall[];
  /** All that the model said, as it goes back to it. */
  readonly content: readonly ContentBlock[];
  readonly stopReason: StopReason | null;
  /** Whether it calls the client, too, which ends the message. */
  readonly callsClient: boolean;
}
