import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { DONE, delta, finish } from './support/chunks.ts';
import { decode, faultOf } from './support/decode.ts';

const TEXT = delta({ content: 'a' });

function json(value: unknown, event?: string): SseEvent {
  return { ...(event !== undefined && { event }), data: JSON.stringify(value) };
}

describe('failures inside a stream', () => {
  const cases: [what: string, event: SseEvent, kind: string, message: RegExp][] = [
    [
      'an error object',
      json({ error: { message: 'too busy', code: 'server_is_overloaded' } }),
      'overloaded',
      /^too busy$/,
    ],
    [
      'an error with a status as code',
      json({ error: { message: 'Provider returned error', code: 502 }, choices: [] }),
      'server',
      /Provider/,
    ],
    [
      'a named error event',
      json({ message: 'Rate limit reached', type: 'rate_limit_error' }, 'error'),
      'rate-limit',
      /Rate limit/,
    ],
    ['a named error event that is no JSON', { event: 'error', data: 'upstream gone' }, 'server', /^upstream gone$/],
    [
      'an error of the Anthropic kind',
      json({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
      'overloaded',
      /^Overloaded$/,
    ],
    [
      'an error inside the choice',
      delta({}, { finish_reason: 'tool_calls', error: { code: 502, message: 'malformed' } }),
      'server',
      /malformed/,
    ],
    ['an error of Groq', json({ x_groq: { error: 'over capacity' }, choices: [] }), 'server', /over capacity/],
    [
      'an error as a list',
      json([{ error: { code: 503, message: 'unavailable', status: 'UNAVAILABLE' } }]),
      'overloaded',
      /unavailable/,
    ],
    [
      'a response code of MiniMax',
      json({ base_resp: { status_code: 1002, status_msg: 'slow down' } }),
      'rate-limit',
      /slow down/,
    ],
    ['success: false', json({ success: false, code: '1305', msg: 'busy' }), 'rate-limit', /busy/],
    ['an error without a word', json({ type: 'error' }), 'server', /without saying which/],
    ['the finish reason error', finish('error'), 'server', /finish reason "error"/],
    ['a finish reason of its own', finish('insufficient_system_resource'), 'server', /insufficient_system_resource/],
    ['no credit', json({ error: { code: 402, message: 'no credits' } }), 'billing', /no credits/],
    [
      'a prompt too long',
      json({
        error: {
          code: 400,
          message: "This endpoint's maximum context length is 10 tokens. However, you requested about 20 tokens",
        },
      }),
      'context-overflow',
      /^prompt is too long: 20 tokens > 10 maximum\./,
    ],
  ];
  for (const [what, event, kind, message] of cases) {
    it(`report ${what}, once, as the last thing`, () => {
      for (const before of [[], [TEXT], [TEXT, finish('stop')]]) {
        const events = decode([...before, event, TEXT, finish('stop'), DONE]);
        expect(events.filter(({ type }) => type === 'error')).to.have.lengthOf(1);
        const fault = faultOf([...before, event, TEXT, DONE]);
        expect(fault.kind).to.equal(kind);
        expect(fault.message).to.match(message);
        expect(fault.retryable).to.equal(['server', 'overloaded', 'rate-limit', 'protocol'].includes(kind));
      }
    });
  }

  it('report what is not JSON, but not after a finish reason: then only usage can be lost', () => {
    for (const data of ['{"choices":[{', '<html>bad gateway</html>', '[DON']) {
      expect(faultOf([TEXT, { data }, finish('stop'), DONE])).to.deep.equal({
        kind: 'protocol',
        message: 'The provider sent an event that cannot be read.',
        retryable: true,
      });
      expect(decode([TEXT, finish('stop'), { data }])).to.deep.equal(decode([TEXT, finish('stop')]));
    }
  });

  it('are not seen in things that only look like them', () => {
    const harmless: SseEvent[] = [
      json({ error: null, choices: [{ index: 0, delta: { content: 'b' } }], base_resp: { status_code: 0 } }),
      json({ base_resp: { status_code: 0 }, choices: null }),
      json({ type: 'ping' }, 'ping'),
      json({}, 'keepalive'),
      json('word'),
      json(7),
      json(null),
      { data: '' },
      { data: ' ' },
    ];
    const events = decode([TEXT, ...harmless, finish('stop')]);
    expect(events.at(-1)?.type).to.equal('message_stop');
  });
});
