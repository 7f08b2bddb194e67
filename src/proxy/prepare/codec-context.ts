import type { CanonicalRequest, CodecContext } from '@claudex/sdk';
import type { BoundProfile, KnownModel } from '../../router/index.ts';
import type { Incoming } from '../incoming.ts';
import { newId } from '../new-id.ts';
import { sessionName } from './session-name.ts';

/** What a context is made of. */
export interface ContextParts {
  readonly incoming: Incoming;
  readonly bound: BoundProfile;
  /** The model to ask the upstream for. */
  readonly model: string;
  readonly known: KnownModel;
  readonly request: CanonicalRequest;
  /** The client's `metadata.user_id`. */
  readonly userId: unknown;
  /** Estimated tokens of the prompt. */
  readonly input: number;
}

/** Puts together what codecs are told about one exchange. */
export function codecContext({ incoming, bound, model, known, request, userId, input }: ContextParts): CodecContext {
  // A profile without a provider is its own, and its address is the provider's id.
  const origin = bound.provider.id;
  const session = sessionName(incoming, userId, origin);
  return {
    request,
    model,
    ...known,
    ...(session !== undefined && { session }),
    origin,
    newId,
    estimatedInputTokens: input,
  };
}
