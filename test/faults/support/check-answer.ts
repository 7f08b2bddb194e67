import { expect } from 'chai';
import type { CanonicalEvent } from '@claudex/sdk';
import { checkGrammar } from '@claudex/sdk/testing';
import type { Answer } from './client.ts';
import type { TimedEvent } from './event-clock.ts';

/**
 * What holds for every answer: it is complete for its transport, a stream has one full sequence or a prefix of it with
 * exactly one `error`, every other failure is error JSON with a status, and no key is in it.
 */
export function checkAnswer(answer: Answer, stream: boolean, secret: string): void {
  const { status, headers, body, events, whole } = answer;
  expect(JSON.stringify(headers) + body, 'the answer').not.to.include(secret);
  expect(status, 'a status').to.be.greaterThan(0);
  expect(whole, 'complete for the transport').to.equal(true);
  if (headers['content-type']?.startsWith('text/event-stream')) {
    expect(status).to.equal(200);
    expect(stream, 'a stream was asked for').to.equal(true);
    expect(checkGrammar(events as unknown as CanonicalEvent[])).to.deep.equal([]);
    for (const { name, type } of events) expect(name).to.equal(type);
    return;
  }
  if (status === 200) {
    expect(stream, 'a whole answer was asked for').to.equal(false);
    expect(JSON.parse(body)).to.include({ type: 'message', role: 'assistant' });
    return;
  }
  const { type, error } = errorOf(answer);
  expect(type).to.equal('error');
  expect(error.type).to.match(/^([a-z_]+_error|request_too_large)$/);
  expect(error.message).to.be.a('string').that.is.not.equal('');
}

/** The JSON of a refusal. */
export function errorOf({ body }: Answer): { type: string; error: { type: string; message: string } } {
  return JSON.parse(body) as { type: string; error: { type: string; message: string } };
}

/** The types of a stream's events without the pings. */
export function typesOf(events: readonly TimedEvent[]): string[] {
  return events.map(({ type }) => type).filter((type) => type !== 'ping');
}

/** What an answer says: its thoughts, its text and the arguments of its calls. */
export interface Said {
  thinking: string;
  text: string;
  input: string;
}

/** What the events of a stream say, joined. */
export function saidIn(events: readonly TimedEvent[]): Said {
  const said: Said = { thinking: '', text: '', input: '' };
  for (const { delta } of events) {
    const { thinking = '', text = '', partial_json: input = '' } = (delta ?? {}) as { [piece: string]: string };
    said.thinking += thinking;
    said.text += text;
    said.input += input;
  }
  return said;
}

/** What an answer says, streamed or whole. The arguments of a whole answer are printed anew. */
export function saidBy(answer: Answer): Said {
  if (answer.events.length > 0) return saidIn(answer.events);
  const { content } = JSON.parse(answer.body) as { content: { [field: string]: unknown }[] };
  const joined = (type: string, field: string): string =>
    content
      .filter((block) => block['type'] === type)
      .map((block) => (typeof block[field] === 'string' ? block[field] : JSON.stringify(block[field])))
      .join('');
  return { thinking: joined('thinking', 'thinking'), text: joined('text', 'text'), input: joined('tool_use', 'input') };
}
