import { isJsonObject, type ContentBlock, type Json, type Message } from '@claudex/sdk';

/** The vendor signs what it minted; an envelope of ours was minted by another provider. */
const FOREIGN_SIGNATURE = /^claudex\./;

/** How the vendor names the calls of tools that it runs itself, and how we name those that we answered in its place. */
const OWN_SERVER_CALL = /^(?:srvtoolu_(?!claudex)|mcptoolu_)/;

/** Every type of citation the vendor takes ends like this. */
const OWN_CITATION = /_location$/;

/** Tells what other providers wrote, and the vendor would refuse. */
export class ForeignBlocks {
  /** Calls whose results the vendor did not encrypt. */
  readonly #calls: ReadonlySet<string>;
  readonly #unsignedIsForeign: boolean;

  /** `signed`: reasoning comes back only as the vendor signed it; those who imitate the vendor take it back unsigned. */
  constructor(messages: readonly Message[], signed: boolean) {
    const blocks = messages.flatMap(({ content }) => content);
    this.#calls = new Set(blocks.flatMap((block) => (hasBlankResult(block) ? [block.tool_use_id] : [])));
    this.#unsignedIsForeign = signed;
  }

  /** The word under which leaving a block out is counted; `undefined` for one that may stay. */
  featureOf(block: ContentBlock): string | undefined {
    switch (block.type) {
      case 'thinking':
        return this.#isForeignSignature(block.signature) ? 'foreign_thinking' : undefined;
      case 'redacted_thinking':
        return FOREIGN_SIGNATURE.test(block.data) ? 'foreign_thinking' : undefined;
      case 'server_tool_use':
        return this.#isForeignCall(block.id) ? 'foreign_server_tool' : undefined;
      case 'server_tool_result':
        return this.#isForeignCall(block.tool_use_id) ? 'foreign_server_tool' : undefined;
      default:
        return undefined;
    }
  }

  #isForeignSignature(signature: string | undefined): boolean {
    return signature === undefined ? this.#unsignedIsForeign : FOREIGN_SIGNATURE.test(signature);
  }

  #isForeignCall(id: string): boolean {
    return !OWN_SERVER_CALL.test(id) || this.#calls.has(id);
  }
}

/** Whether a citation is one that the vendor takes. */
export function isOwnCitation({ type, encrypted_index: index }: { [field: string]: Json }): boolean {
  return typeof type === 'string' && OWN_CITATION.test(type) && index !== '';
}

/** The vendor's own search encrypts what it found; where that is blank another search has answered. */
function hasBlankResult(block: ContentBlock): block is Extract<ContentBlock, { type: 'server_tool_result' }> {
  if (block.type !== 'server_tool_result' || !Array.isArray(block.content)) return false;
  return block.content.some((entry) => isJsonObject(entry) && entry['encrypted_content'] === '');
}
