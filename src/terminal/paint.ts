import { styleText } from 'node:util';

/** What a piece of text says, from which its look follows. */
export type Mood = 'good' | 'warning' | 'bad' | 'quiet' | 'strong' | 'heading';

/** The formats of Node for each mood. */
const LOOKS: { readonly [mood in Mood]: Parameters<typeof styleText>[0] } = {
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  quiet: 'dim',
  strong: 'bold',
  heading: ['bold'],
};

/**
 * Gives a text its look on a terminal with colours. Elsewhere, and with `NO_COLOR`, it stays as it is, whatever else the
 * environment says. Never put a painted text into a table that may be cut: paint what comes out.
 */
export function paint(mood: Mood, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return hasColours(stream) ? styleText(LOOKS[mood], text, { validateStream: false }) : text;
}

function hasColours(stream: NodeJS.WriteStream): boolean {
  // A stream that is no terminal lacks the method, whatever its type says.
  return stream.isTTY && !process.env['NO_COLOR'] && 'hasColors' in stream && stream.hasColors(8);
}
