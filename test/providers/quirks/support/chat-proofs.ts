import { chatAnswerProofs } from './chat-answer-proofs.ts';
import { chatConversationProofs } from './chat-conversation-proofs.ts';
import { chatParameterProofs } from './chat-parameter-proofs.ts';
import { commonProofs } from './common-proofs.ts';
import type { ProofTable } from './proof.ts';
import { samplingProofs } from './sampling-proofs.ts';

/** One proof for every quirk of Chat. */
export const CHAT_PROOFS: ProofTable = {
  ...commonProofs(() => CHAT_PROOFS),
  ...samplingProofs(({ maxOutputTokensField = 'max_tokens' }) =>
    maxOutputTokensField === 'none' ? undefined : maxOutputTokensField,
  ),
  ...chatConversationProofs,
  ...chatParameterProofs,
  ...chatAnswerProofs,
  emptyInstructions: 'elsewhere',
  toolsPlacement: 'elsewhere',
  encryptedReasoning: 'elsewhere',
  betas: 'elsewhere',
  serverTools: 'elsewhere',
  thinkingTypes: 'elsewhere',
  signedThinking: 'elsewhere',
};
