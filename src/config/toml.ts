import { parse, TomlError } from 'smol-toml';
import { messageOf } from '../errors/index.ts';
import { SyntaxProblem, withoutByteOrderMark, type ConfigurationDocument } from './document.ts';
import { tomlPositions } from './toml-positions.ts';

/** Parses TOML. Throws a `SyntaxProblem`. */
export function parseToml(text: string): ConfigurationDocument {
  const source = withoutByteOrderMark(text);
  try {
    return { text, values: parse(source, { maxDepth: 64 }), positions: tomlPositions(source) };
  } catch (error) {
    // The parser's message goes on with an excerpt of the file, which may show a key.
    const message =
      messageOf(error)
        .split('\n', 1)[0]
        ?.replace(/^Invalid TOML document: /, '') ?? '';
    throw new SyntaxProblem(
      message,
      error instanceof TomlError ? { line: error.line, column: error.column } : undefined,
    );
  }
}
