/** What providers put in front of their keys, in the case in which they do it. */
const PREFIX =
  /^(?:sk|pk|rk|gsk|xai|hf|ghp|gho|ghs|ghu|ghr|github_pat|glpat|nvapi|r8|pplx|csk|fw|tgp|AIza|AKIA|ya29|eyJ)[-_.]?(?=.*[A-Za-z0-9]{8})(?=.*[0-9A-Z])/;

const LONGEST_NAME = 64;
const LONGEST_WORD = 15;

/** Whether a text that should be a name is more likely a key that was put in the wrong place. */
export function looksLikeKey(text: string): boolean {
  if (text.length > LONGEST_NAME || PREFIX.test(text)) return true;
  const words = text.split(/[^A-Za-z0-9]+/);
  return words.some((word) => word.length > LONGEST_WORD && /[A-Za-z]/.test(word) && /\d.*\d/.test(word));
}
