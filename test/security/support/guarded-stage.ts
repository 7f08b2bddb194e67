import { expect } from 'chai';
import { answering } from '../../faults/support/answers.ts';
import { question } from '../../faults/support/client.ts';
import { FaultStage, type StagedProfile } from '../../faults/support/fault-stage.ts';
import { DIALECTS } from '../../faults/support/ways.ts';
import { ask, expectError, type Heard, type Headers } from './ask.ts';

/** A method and a path. */
export type Route = readonly [method: string, path: string];

/** A small request that every route for messages would answer. */
export const BODY = JSON.stringify(question(false));

const OPEN: readonly Route[] = [
  ['GET', '/'],
  ['HEAD', '/'],
  ['GET', '/health'],
];

/** A proxy with a profile for every protocol, whose providers must not hear of anything. */
export class GuardedStage {
  readonly #stage = new FaultStage();
  readonly #profiles: readonly StagedProfile[] = DIALECTS.map((dialect) =>
    this.#stage.profile({ dialect, script: answering(dialect) }),
  );

  /** Has mocha start it, end it, and look after every test whether a provider was called. */
  constructor() {
    before(() => this.#stage.start());
    afterEach('no provider was called', () => {
      for (const { calls } of this.#profiles) expect(calls).to.have.lengthOf(0);
    });
    // Closing also looks for the token in everything that was logged.
    after(() => this.#stage.close());
  }

  get port(): number {
    return this.#stage.proxy.port;
  }

  get token(): string {
    return this.#stage.token;
  }

  /** The token as the client sends it. */
  get withToken(): { readonly authorization: string } {
    return { authorization: `Bearer ${this.token}` };
  }

  /** The names of the profiles. */
  get names(): readonly string[] {
    return this.#profiles.map(({ name }) => name);
  }

  /** Everything that was logged. */
  get output(): string {
    return this.#stage.proxy.output();
  }

  /** Paths that take messages. */
  get messages(): readonly string[] {
    return ['/v1/messages', ...this.names.map((name) => `/proxy/${name}/v1/messages`)];
  }

  /** Routes that answer everybody on this machine. */
  get open(): readonly Route[] {
    return OPEN;
  }

  /** All other routes, among them many that do not exist. */
  get guarded(): readonly Route[] {
    const get = ['/v1/models', '/v1/models/m', '/status', '/metrics', '/-/exchanges/latest'];
    const nearlyOpen = ['/HEALTH', '/health/', '//health', '/health/..', '/%68ealth', '/health;', '//'];
    const post = [...this.messages, ...this.messages.map((path) => `${path}/count_tokens`), '/-/sessions', '/-/stop'];
    const otherwise = ['POST', 'PUT', 'OPTIONS'].flatMap((method) =>
      ['/', '/health'].map((path): Route => [method, path]),
    );
    return [
      ...[...get, ...nearlyOpen].map((path): Route => ['GET', path]),
      ...post.map((path): Route => ['POST', path]),
      ...['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((method): Route => [method, '/no/such/route']),
      ...otherwise,
    ];
  }

  /** Every route. */
  get routes(): readonly Route[] {
    return [...this.guarded, ...this.open];
  }

  /** Asks with these headers only; a POST has a body that would be right. */
  send([method, path]: Route, headers: Headers = {}, body = BODY): Promise<Heard> {
    if (method !== 'POST') return ask(this.port, path, { method, headers });
    const described = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return ask(this.port, path, { method, body, headers: { ...described, ...headers } });
  }

  /** Expects every route to refuse these headers in this way. */
  async expectRefusedEverywhere(headers: Headers, status: number, type: string): Promise<void> {
    for (const route of this.routes) {
      const heard = await this.send(route, headers);
      // An answer to HEAD has no body.
      if (route[0] === 'HEAD') expect(heard.status).to.equal(status);
      else expectError(heard, status, type);
    }
  }
}
