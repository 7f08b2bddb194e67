import { parse, TomlError } from 'smol-toml';
import { messageOf } from '../errors/index.ts';
import { SyntaxProblem, withoutByteOrderMark, type ConfigurationDocument, type Positions } from './document.ts';
import { tomlPositions } from './toml-positions.ts';

/** Parses TOML. Throws a `SyntaxProblem`. */
export function parseToml(text: string): ConfigurationDocument {
  const source = withoutByteOrderMark(text);
  try {
    const values: unknown = parse(source, { maxDepth: 64 });
    let positions: Positions | undefined;
    return {
      text,
      values,
      // Only what is told to a user has a place, and reading the text a second time costs more than the first.
      get positions() {
        positions ??= tomlPositions(source);
        return positions;
      },
    };
  } catch (error) {
    // The parser's message is a fixed phrase, and goes on with an excerpt of the file, which may show a key.
    const [message = ''] = messageOf(error).split('\n', 1);
    throw new SyntaxProblem(
      message.replace(/^Invalid TOML document: /, ''),
      error instanceof TomlError ? { line: error.line, column: error.column } : undefined,
    );
  }
}
