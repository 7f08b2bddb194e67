import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { expect } from 'chai';

/** Headers of a request, in any case. */
export interface Headers {
  readonly [name: string]: string | number;
}

/** A request to the proxy of which everything can be chosen. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Headers;
  readonly body?: string | Uint8Array;
  /** Default: a connection of its own. */
  readonly agent?: Agent;
}

/** What came back. */
export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks with exactly these headers. Rejects when no complete answer comes. */
export function ask(port: number, path: string, asked: Asked = {}): Promise<Heard> {
  const { method = 'GET', headers = {}, body, agent } = asked;
  return new Promise((resolve, reject) => {
    const place = { host: '127.0.0.1', port, path, method, headers: { ...headers }, agent: agent ?? false };
    const outgoing = request(place, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Expects an error in the shape of the Anthropic API, which tells a browser nothing. */
export function expectError({ status, headers, body }: Heard, expected: number, type: string): void {
  expect(status, body).to.equal(expected);
  expect(JSON.parse(body), body).to.have.nested.property('error.type', type);
  expect(JSON.parse(body), body).to.include({ type: 'error', request_id: headers['request-id'] });
  expectNoCors(headers);
}

/** Expects that no page in a browser may read this. */
export function expectNoCors(headers: IncomingHttpHeaders): void {
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).to.deep.equal([]);
}
