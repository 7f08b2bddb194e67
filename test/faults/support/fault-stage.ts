import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { expect } from 'chai';
import { stringify } from 'smol-toml';
import { closeAll } from '../../support/close-all.ts';
import { answering } from './answers.ts';
import type { Call, Script } from './call.ts';
import { converse, question, type Answer, type Conversation } from './client.ts';
import { checkAnswer } from './check-answer.ts';
import type { Dialect } from './dialects/dialect.ts';
import { messages } from './dialects/messages.ts';
import { hasEnded, startProxyProcess, type ProcessSettings, type ProxyProcess } from './proxy-process.ts';
import { startRawUpstream, type KeyPair, type RawUpstream } from './raw-upstream.ts';

/** A profile of a case, and what its provider does. */
export interface ProfilePlan {
  readonly dialect: Dialect;
  readonly script: Script;
  readonly certificate?: KeyPair;
  /** A base URL instead of a scripted upstream; its path is kept. Asked for when the proxy is started. */
  readonly address?: (port: number) => string | Promise<string>;
  readonly backups?: readonly StagedProfile[];
  /** More keys of the profile. */
  readonly settings?: { readonly [key: string]: unknown };
}

/** What a client asks, apart from the profile. */
export interface Asked {
  readonly stream?: boolean;
  /** Text is sent as it is. */
  readonly body?: object | string;
  readonly headers?: { readonly [name: string]: string };
}

/** A profile of the running proxy. */
export interface StagedProfile {
  readonly name: string;
  /** What its provider was asked, apart from other profiles. */
  readonly calls: readonly Call[];
  readonly upstream: RawUpstream;
  /** Asks and waits for the whole answer, which keeps the rules of every answer. */
  ask(asked?: Asked): Promise<Answer>;
  /** Asks; nothing is checked. */
  begin(asked?: Asked): Conversation;
  /** Its part of `/status`. */
  status(): Promise<{ readonly [field: string]: unknown }>;
}

interface PlannedProfile {
  readonly plan: ProfilePlan;
  readonly name: string;
  upstream?: RawUpstream;
  url?: string;
}

/** A proxy for many cases: each has profiles and upstreams of its own, and all of them share the process. */
export class FaultStage {
  readonly token = `token-${randomBytes(12).toString('hex')}`;
  /** Part of every provider's key. No client and no log may ever see it. */
  readonly secret = `canary${randomBytes(12).toString('hex')}`;
  readonly #settings: object;
  readonly #process: Omit<ProcessSettings, 'config'>;
  readonly #profiles: PlannedProfile[] = [];
  readonly #steady: StagedProfile;
  #running: ProxyProcess | undefined;
  /** What processes wrote that have ended. */
  #earlier = '';

  /** `settings` are keys of the configuration beside the profiles. */
  constructor(settings: object = {}, process: Omit<ProcessSettings, 'config'> = {}) {
    this.#settings = { ...PATIENT, ...settings };
    this.#process = process;
    this.#steady = this.profile({ dialect: messages, script: answering(messages) });
  }

  get proxy(): ProxyProcess {
    if (!this.#running) throw new Error('the proxy of this stage has not been started');
    return this.#running;
  }

  /** Plans a profile; its proxy is started later. */
  profile(plan: ProfilePlan): StagedProfile {
    const name = `p${this.#profiles.length}`;
    const planned: PlannedProfile = { plan, name };
    this.#profiles.push(planned);
    const upstream = (): RawUpstream => {
      if (!planned.upstream) throw new Error('the upstreams of this stage have not been started');
      return planned.upstream;
    };
    const begin = ({ stream = true, body, headers }: Asked = {}): Conversation =>
      converse({
        port: this.proxy.port,
        path: `/proxy/${name}/v1/messages`,
        token: this.token,
        body: body ?? question(stream),
        ...(headers && { headers }),
      });
    return {
      name,
      get calls() {
        return upstream().calls;
      },
      get upstream() {
        return upstream();
      },
      begin,
      ask: async (asked) => {
        const answer = await begin(asked).answer;
        checkAnswer(answer, asked?.stream ?? true, this.secret);
        return answer;
      },
      status: async () => (await this.status()).profiles[name] ?? {},
    };
  }

  /**
   * Makes room in the retry budget, which all cases share, for so many repeats: it is a share of the recent requests,
   * so that as many go through without one.
   */
  async allowRepeats(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#steady.ask()));
  }

  /** `GET /status` of the proxy. */
  async status(): Promise<ProxyStatus> {
    const answer = await fetch(`http://127.0.0.1:${this.proxy.port}/status`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    return (await answer.json()) as ProxyStatus;
  }

  /** Starts every upstream, then the proxy. */
  async start(): Promise<void> {
    await Promise.all(
      this.#profiles.map(async (planned) => {
        const { script, certificate, address } = planned.plan;
        planned.upstream = await startRawUpstream(script, certificate);
        const scheme = certificate ? 'https' : 'http';
        const own = `${scheme}://127.0.0.1:${planned.upstream.port}`;
        planned.url = (await address?.(planned.upstream.port)) ?? own;
      }),
    );
    this.#running = await startProxyProcess({ ...this.#process, config: this.config() });
  }

  /** Ends the process by this signal and starts another in its place: same user, same port. */
  async restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child, home, port } = this.proxy;
    if (!hasEnded(child)) {
      child.kill(signal);
      await once(child, 'exit');
    }
    this.#earlier += this.proxy.output();
    this.#running = await startProxyProcess({ ...this.#process, home, port, config: this.config() });
  }

  /** The configuration as TOML, with `more` in place of some settings. */
  config(more: object = {}): string {
    const profiles = this.#profiles.map(({ plan, name, url }) => ({
      name,
      provider_type: plan.dialect.providerType,
      base_url: url,
      api_key: `${this.secret}-${name}`,
      default_model: `model-${name}`,
      backup_providers: plan.backups?.map((backup) => backup.name) ?? [],
      ...plan.settings,
    }));
    return stringify({ ...this.#settings, ...more, proxy_token: this.token, profiles });
  }

  /** Ends everything. Throws when a key or the token was written to a channel or a log. */
  async close(): Promise<void> {
    const output = this.#earlier + (this.#running?.output() ?? '');
    const upstreams = this.#profiles.flatMap(({ upstream }) => upstream ?? []);
    await closeAll(...(this.#running ? [this.#running] : []), ...upstreams);
    expect(output.includes(this.secret), 'a key in the log').to.equal(false);
    expect(output.includes(this.token), 'the token in the log').to.equal(false);
  }
}

/** The part of `/status` that tests look at. */
export interface ProxyStatus {
  readonly profiles: { readonly [name: string]: { readonly [field: string]: unknown } };
  readonly [field: string]: unknown;
}

/** Clocks of a second or so where the defaults take minutes, and a breaker that stays out of the way. */
const PATIENT = {
  health_interval_s: 0,
  timeouts: { connect_s: 2, first_byte_s: 10, idle_s: 10, ping_s: 5, drain_s: 2 },
  retry: { max_attempts: 3, max_wait_s: 2, budget: 1 },
  breaker: { failure_threshold: 1_000, min_requests: 1_000 },
};
