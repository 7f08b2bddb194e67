import type { Call, Script, Step } from './call.ts';
import { EVERYTHING, type Content, type Dialect } from './dialects/dialect.ts';
import { chunk, LAST_CHUNK, streamHead, whole, type Headers } from './http-text.ts';
import { send } from './steps.ts';

/** Sends the head of a stream and these events. */
export function sendEvents(events: readonly string[]): Step[] {
  return [send(streamHead()), ...events.map((event) => send(chunk(event)))];
}

/** The whole answer, as a stream or as one body, whichever was asked for. */
export function complete(dialect: Dialect, { body }: Call, content: Content = EVERYTHING): readonly Step[] {
  if (body.stream !== true) return [send(whole(200, dialect.whole(content)))];
  return [...sendEvents(dialect.events(content)), send(LAST_CHUNK)];
}

/** A script that always answers. */
export function answering(dialect: Dialect, content: Content = EVERYTHING): Script {
  return (call) => complete(dialect, call, content);
}

/** A failure with a status. */
export function refusal(dialect: Dialect, status: number, headers: Headers = {}, type = 'scripted_error'): Step {
  return send(whole(status, dialect.error(type, `scripted failure ${status}`), headers));
}

/** A script that always fails with this status. */
export function refusing(dialect: Dialect, status: number, headers: Headers = {}, type?: string): Script {
  return () => [refusal(dialect, status, headers, type)];
}

/** A script that fails the first `count` calls in this way, and answers afterwards. */
export function failingFirst(count: number, fail: Script, answer: Script): Script {
  return (call) => (call.n < count ? fail(call) : answer(call));
}
