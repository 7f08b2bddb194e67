import type { CanonicalRequest, ContentBlock, Json } from '@claudex/sdk';

/**
 * What of the user's content does not stand in a body: every text, picture, tool input and result must, wherever a
 * protocol puts it. Reasoning, server tools and the client's billing line have rules of their own.
 */
export function missingContent(request: CanonicalRequest, body: Json): string[] {
  const written = collectStrings(body);
  const has = (text: string): boolean => text.trim() === '' || written.some((place) => place.includes(text));
  const missing: string[] = [];
  const visit = (block: ContentBlock, path: string): void => {
    switch (block.type) {
      case 'text':
        if (!has(block.text)) missing.push(`${path}: a text of ${block.text.length} characters`);
        return;
      case 'image':
        if (block.source.type === 'base64' && !has(block.source.data)) missing.push(`${path}: a picture`);
        if (block.source.type === 'url' && !has(block.source.url)) missing.push(`${path}: a picture by address`);
        return;
      case 'document':
        if (block.source.type === 'text' && !has(block.source.data)) missing.push(`${path}: a text document`);
        return;
      case 'tool_use':
        if (!has(JSON.stringify(block.input))) missing.push(`${path}: the input of ${block.name}`);
        return;
      case 'tool_result':
        for (const [index, inner] of block.content.entries()) visit(inner, `${path}.content[${index}]`);
        return;
      default:
    }
  };
  for (const [index, { text }] of request.system.entries())
    if (!text.startsWith('x-anthropic-billing-header') && !has(text)) missing.push(`system[${index}]`);
  for (const [index, { content }] of request.messages.entries())
    for (const [position, block] of content.entries()) visit(block, `messages[${index}].content[${position}]`);
  return missing;
}

function collectStrings(value: Json, found: string[] = []): string[] {
  if (typeof value === 'string') found.push(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) collectStrings(inner, found);
  return found;
}
