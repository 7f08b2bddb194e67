/**
 * Families of open models by how well they work with tools and code, best first. A matter of opinion, as of November 2026,
 * and only asked where a server says nothing that decides.
 */
const FAMILIES: readonly RegExp[] = [
  /qwen.*coder/i,
  /devstral/i,
  /glm-?[45]/i,
  /gpt-?oss/i,
  /kimi|minimax/i,
  /qwen-?3/i,
  /deepseek/i,
  /codestral|coder|starcoder|codellama/i,
  /mistral|magistral|ministral/i,
  /llama/i,
  /granite|nemotron|gemma|phi/i,
];

/** Billions of parameters below which no model carries a session of Claude Code. */
const TINY = 4;

/** Place of a model's family in the table; behind all others for one that is not in it. */
export function familyRank(id: string): number {
  const place = FAMILIES.findIndex((family) => family.test(id));
  return place < 0 ? FAMILIES.length : place;
}

/** Whether a model says in its name that it is very small, such as `qwen3:0.6b`. */
export function isTiny(id: string): boolean {
  const [, billions] = /(?:^|[^A-Za-z0-9.])(\d+(?:\.\d+)?)b(?![A-Za-z0-9])/i.exec(id) ?? [];
  return billions !== undefined && Number(billions) < TINY;
}
