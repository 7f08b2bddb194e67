import { PLACEHOLDER, type Options } from './provider-options.ts';

type Headers = { readonly [header: string]: string };

/** Puts options into headers. A header that names an option without a value is left out. */
export function withOptionHeaders(headers: Headers | undefined, options: Options): Headers {
  const filled: { [header: string]: string } = {};
  for (const [header, text] of Object.entries(headers ?? {})) {
    let isComplete = true;
    const value = text.replaceAll(PLACEHOLDER, (_place, name: string) => {
      isComplete &&= options[name] !== undefined;
      return options[name] ?? '';
    });
    if (isComplete) filled[header] = value;
  }
  return filled;
}
