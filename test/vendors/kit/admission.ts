import { refuse } from './refuse.ts';
import type { Refusal, Rule } from './vendor.ts';

/** How a vendor says that the key is missing or wrong; status 401 unless it says another. */
export interface KeyWords extends Partial<Omit<Refusal, 'message'>> {
  readonly missing: string;
  readonly wrong: string;
}

/** The key as a Bearer token. */
export function bearer(key: string, { missing, wrong, ...more }: KeyWords): Rule {
  return ({ headers }) => {
    const { authorization } = headers;
    if (authorization === undefined) return refuse(missing, { status: 401, ...more });
    return authorization === `Bearer ${key}` ? undefined : refuse(wrong, { status: 401, ...more });
  };
}

/** The key in a header of its own. */
export function keyHeader(name: string, key: string, { missing, wrong, ...more }: KeyWords): Rule {
  return ({ headers }) => {
    if (headers[name] === undefined) return refuse(missing, { status: 401, ...more });
    return headers[name] === key ? undefined : refuse(wrong, { status: 401, ...more });
  };
}

/** The key in either place. */
export function eitherWay(first: Rule, second: Rule): Rule {
  return (call) => (second(call) === undefined ? undefined : first(call));
}

/** Headers without which a vendor refuses; a pattern says what they must look like. */
export function needsHeaders(needed: { readonly [name: string]: RegExp }, status = 400): Rule {
  return ({ headers }) => {
    for (const [name, pattern] of Object.entries(needed)) {
      const value = headers[name];
      if (typeof value !== 'string' || !pattern.test(value))
        return refuse(`missing or invalid header: ${name}`, { status, param: name });
    }
    return undefined;
  };
}
