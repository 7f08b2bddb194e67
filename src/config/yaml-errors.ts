import type { ErrorCode } from 'yaml';

/** The parser's own messages quote the text they are about, which may be a key; these never do. */
const MESSAGES: { readonly [Code in ErrorCode]: string } = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag',
  BAD_ALIAS: 'a name of an alias or an anchor is expected behind "*" or "&"',
  BAD_COLLECTION_TYPE: 'a tag does not fit what follows it',
  BAD_DIRECTIVE: 'a line that begins with "%" is no directive',
  BAD_DQ_ESCAPE: 'unknown escape sequence; write "\\\\" for a backslash, or use single quotes',
  BAD_INDENT: 'wrong indentation',
  BAD_PROP_ORDER: 'an anchor or a tag is in the wrong place',
  BAD_SCALAR_START: 'a value that begins with this character must be quoted',
  BLOCK_AS_IMPLICIT_KEY: 'a key or a value is in the wrong place; look at the indentation and at ":"',
  BLOCK_IN_FLOW: 'a list or a table inside brackets must be written with brackets, too',
  DUPLICATE_KEY: 'a second time the same key in one table',
  IMPOSSIBLE: 'it is not understood',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'a character is missing: a space, a comma, a colon, a bracket or a quote',
  MULTILINE_IMPLICIT_KEY: 'a key must be on one line; is a ":" or a quote missing?',
  MULTIPLE_ANCHORS: 'a value can have only one anchor',
  MULTIPLE_DOCS: 'it holds more than one document',
  MULTIPLE_TAGS: 'a value can have only one tag',
  NON_STRING_KEY: 'a key must be a text',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'tabs cannot be used for indentation',
  TAG_RESOLVE_FAILED: 'an unknown tag',
  UNEXPECTED_TOKEN: 'something is in the wrong place here',
};

/** What a parser's error code means, in words that quote nothing. */
export function yamlMessage(code: string): string {
  return (MESSAGES as { readonly [code: string]: string | undefined })[code] ?? MESSAGES.IMPOSSIBLE;
}
