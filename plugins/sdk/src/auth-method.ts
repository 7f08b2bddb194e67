/** What a login gave. Times are milliseconds since the epoch. */
export interface Credential {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly expiresAt?: number;
  /** Anything else the method needs to use or refresh it, e.g. an account id. */
  readonly details?: { readonly [key: string]: string };
}

/** Everything a login may touch. */
export interface AuthIo {
  readonly fetch: (
    url: string,
    init?: { method?: string; headers?: Record<string, string>; body?: string },
  ) => Promise<{
    status: number;
    headers: { readonly [name: string]: string };
    text(): Promise<string>;
  }>;
  /** Opens the user's browser, or prints the address where there is none. */
  openBrowser(url: string): Promise<void>;
  /** Asks the user one question; rejects where nobody can answer. */
  prompt(question: string, options?: { secret?: boolean }): Promise<string>;
  /** Listens for one redirect on loopback. `port` 0 takes any free one. */
  listenForCallback(options: { port: number; path: string }): Promise<{
    redirectUri: string;
    wait(): Promise<URLSearchParams>;
    close(): Promise<void>;
  }>;
  /** Milliseconds since the epoch. */
  now(): number;
  readonly signal: AbortSignal;
}

/** A way to log in to a vendor. Defined so that plugins can be written against it; this version never asks for one. */
export interface AuthMethod {
  readonly specVersion: 1;
  /** Lower-case kebab, e.g. `chatgpt`. */
  readonly id: string;
  readonly title: string;
  /** The vendor's policy on this use, in one honest line. */
  readonly policy: string;
  /** Logs in with the user's help. Rejects when the user gives up or the vendor refuses. */
  login(io: AuthIo): Promise<Credential>;
  /** Absent when the vendor's tokens cannot be refreshed. */
  refresh?(credential: Credential, io: AuthIo): Promise<Credential>;
}

/** Returns its argument: a place for the type checker to look. */
export function defineAuthMethod(method: AuthMethod): AuthMethod {
  return method;
}
