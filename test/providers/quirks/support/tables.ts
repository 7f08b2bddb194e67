import { CHAT_PROOFS } from './chat-proofs.ts';
import { MESSAGES_PROOFS } from './messages-proofs.ts';
import { GEMINI_PROOFS } from './gemini-proofs.ts';
import type { ProofTable } from './proof.ts';
import { RESPONSES_PROOFS } from './responses-proofs.ts';

/** The proofs by protocol. */
export const PROOFS: { readonly [protocol: string]: ProofTable } = {
  'openai-chat': CHAT_PROOFS,
  'openai-responses': RESPONSES_PROOFS,
  'anthropic-messages': MESSAGES_PROOFS,
  'google-gemini': GEMINI_PROOFS,
};
