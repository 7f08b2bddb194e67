import { eventsOf, question, type TestProxy } from '../../../support/proxy.ts';

/** What a client got, whole or as a stream. */
export interface Got {
  readonly status: number;
  /** All text of the answer. */
  readonly text: string;
  /** Types of the stream's events in order, without those in the middle of a text; empty for a whole answer. */
  readonly events: readonly string[];
  /** The error's type, in the body or as an event. */
  readonly error: string | undefined;
  readonly message: string | undefined;
  readonly attempts: string | null;
  readonly trail: string | null;
  readonly profile: string | null;
  readonly model: string | null;
  readonly retryAfter: string | null;
}

interface Told {
  readonly error?: { readonly type: string; readonly message: string };
  readonly content?: readonly { readonly text?: string }[];
}

/** Asks a profile a small question and reads all of the answer. */
export async function ask(proxy: TestProxy, profile: string, stream: boolean, more: object = {}): Promise<Got> {
  const response = await proxy.post(
    `/proxy/${profile}/v1/messages`,
    question({ model: 'claude-opus-4-1', stream, ...more }),
  );
  const body = await response.text();
  const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
  const events = isStream ? eventsOf(body) : [];
  const whole = isStream ? {} : (JSON.parse(body) as Told);
  const error = isStream ? (events.find(({ type }) => type === 'error') as Told | undefined)?.error : whole.error;
  const deltas = events.map((event) => (event['delta'] as { text?: string } | undefined)?.text ?? '');
  return {
    status: response.status,
    text: isStream ? deltas.join('') : (whole.content ?? []).map(({ text }) => text ?? '').join(''),
    events: events.map(({ type }) => type).filter((type) => !type.startsWith('content_block')),
    error: error?.type,
    message: error?.message,
    attempts: response.headers.get('x-claudex-attempts'),
    trail: response.headers.get('x-claudex-trail'),
    profile: response.headers.get('x-claudex-profile'),
    model: response.headers.get('x-claudex-model'),
    retryAfter: response.headers.get('retry-after'),
  };
}
