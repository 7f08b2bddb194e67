/** What is written instead of a secret: always the same, so that it does not even tell the length. */
export const SECRET_MASK = '********';

/** A value: ends where JSON, a header, an address or a sentence goes on. Words and numbers of JSON are none. */
const VALUE = String.raw`(?!(?:null|true|false|[\d.]+)[,}\]])[^\s"'\\,;&{}[\]()<>*]+`;

/** Keys as providers make them. Short ones are left to those who know them: `sk-learn` is a word. */
const KEYS = [
  String.raw`\bsk-[\w-]{10,}`,
  String.raw`\b(?:xai|nvapi|pplx|csk|fw|tgp|glpat)-[\w-]{10,}`,
  String.raw`\b(?:gsk|hf|r8|gh[opusr]|github_pat|nvapi|pplx)_\w{10,}`,
  String.raw`\beyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*`,
  String.raw`\bya29\.[\w.-]{10,}`,
  String.raw`\bAIza[\w-]{20,}`,
  String.raw`\bAKIA[0-9A-Z]{16}`,
];

/** Places that hold a secret whatever it looks like. What stays visible is in a group. */
const PLACES = [
  String.raw`(\bbearer(?:\s|%20|\\t)+)[\w.~+/=%-]{6,}`,
  String.raw`((?:x-api-key|x-goog-api-key|(?:proxy-)?authorization|set-cookie|cookie)["'\\]*\s*[:=]\s*\[?["'\\]*(?:(?:bearer|basic)\s+)?)${VALUE}`,
  String.raw`([?&;](?:[\w-]{0,40}(?:key|token|secret|password)|auth|code|sig|signature)=)[^\s"'\\&;#<>*]+`,
  String.raw`(:\/\/)[^\s/?#"'\\<>*@]{1,400}(?=@)`,
];

const SECRETS = new RegExp([...PLACES, ...KEYS].join('|'), 'gi');

/** Masks what looks like a secret by its own shape or by the place where it stands. */
export function scrubPatterns(text: string): string {
  return text.replace(SECRETS, (_whole, ...groups: readonly unknown[]) => {
    const visible = groups.slice(0, PLACES.length).find((group) => typeof group === 'string');
    return `${typeof visible === 'string' ? visible : ''}${SECRET_MASK}`;
  });
}
