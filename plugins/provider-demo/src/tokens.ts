/** The usual rule of thumb for English text and JSON. A script has no tokenizer of its own. */
export const CHARACTERS_PER_TOKEN = 4;

/** A rough count of tokens, never less than one for a text that is not empty. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
