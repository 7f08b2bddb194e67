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
 * Gives a text its look on a terminal. Elsewhere, and with `NO_COLOR`, it stays as it is. Never put a painted text into
 * a table that may be cut: paint what comes out.
 */
export function paint(mood: Mood, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(LOOKS[mood], text, { stream });
}
