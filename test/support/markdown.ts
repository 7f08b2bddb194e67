const FENCE = /^(\s*)(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^\s*\2\s*$/gm;

/** Targets of links and images in prose, without titles. */
export function links(markdown: string): string[] {
  const prose = withoutCode(markdown);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const reference = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)];
  return [...inline, ...reference].map((match) => match[1] ?? '');
}

/** The anchors that headings get on a forge: lower case, spaces as hyphens, no punctuation. */
export function headingAnchors(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...markdown.replaceAll(FENCE, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => {
    const slug = (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** Lines of code, fenced or inline, that call this program; without prompt, comment and what follows a pipe. */
export function commandLines(markdown: string, program: string): string[] {
  const fenced = [...markdown.matchAll(FENCE)].flatMap((match) => (match[3] ?? '').replaceAll('\\\n', ' ').split('\n'));
  const inline = [...markdown.replaceAll(FENCE, '').matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  return [...inline, ...fenced]
    .map((line) => line.trim().replace(/^\$\s+/, ''))
    .map((line) => line.replace(/\s+#.*$/, '').replace(/\s+(?:[|;]|&&|>).*$/, ''))
    .filter((line) => line === program || line.startsWith(`${program} `));
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(FENCE, '').replaceAll(/`[^`\n]*`/g, '');
}
