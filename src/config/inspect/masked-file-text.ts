import { createScrubber } from '../../errors/index.ts';
import { namesSecret } from '../secret-names.ts';
import { MASK, secretsIn, withoutPlaceholders } from '../secrets.ts';

/**
 * `key = value` and `key: value`, also in a comment; the value up to where its quotes, its line or the next pair are. A key
 * has a limit, and begins where no other one is under way, so that a hostile text takes no time.
 */
const PAIR = new RegExp(
  [
    String.raw`(?<key>"(?:[^"\\\n]|\\.){0,256}"|'[^'\n]*'|(?<![\w.$-])[\w.$-]+)(?<between>[ \t]*[=:][ \t]*)`,
    String.raw`(?<value>"{3}[^]*?(?:"{3}|$)|'{3}[^]*?(?:'{3}|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?`,
    String.raw`|[^\s"'[\]{}|>&!#,](?:(?![ \t]#|,[ \t]*[\w.$-]+[ \t]*[=:])[^\n}])*)`,
  ].join(''),
  'g',
);

/** A mask that stands where YAML expects a value: without quotes it would be an alias. */
const PLAIN_MASK = /([:\-,[{][^\S\n]+)\*{8}(?=[^\S\n]*(?:[,\]}]|$|#))/gm;

/**
 * A configuration file as it is, comments and layout included, without its secrets: those that its values hold, those
 * whose key says so, also in comments, and what looks like one. `values` is absent for a file that cannot be parsed.
 */
export function maskedFileText(text: string, values: unknown): string {
  const scrubber = createScrubber();
  // One that goes over several lines is indented in YAML, so each of its lines is looked for.
  const secrets = withoutPlaceholders(secretsIn(values), values);
  for (const secret of secrets) for (const line of [secret, ...secret.split('\n')]) scrubber.know(line);
  // What is known goes first: of the rest nobody can say for sure where a value ends.
  const byName = scrubber.scrub(text).replaceAll(PAIR, (...found: readonly unknown[]) => {
    const { key, between, value } = found.at(-1) as { key: string; between: string; value: string };
    return namesSecret(key) && !isEmpty(value) ? `${key}${between}${maskedValue(value)}` : `${key}${between}${value}`;
  });
  return byName.replaceAll(PLAIN_MASK, `$1"${MASK}"`);
}

function isEmpty(value: string): boolean {
  return /^(?:""|''|"{6}|'{6}|null|~)\s*$/.test(value);
}

/** In YAML a plain mask would be an alias, so it stands in quotes. */
function maskedValue(value: string): string {
  const quote = /^(?:"{3}|'{3}|["'])/.exec(value)?.[0].charAt(0) ?? '"';
  return `${quote}${MASK}${quote}`;
}
