import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import type {
  CanonicalEvent,
  ClientCodec,
  CodecContext,
  EncodedRequest,
  Machine,
  Protocol,
  SseEvent,
} from '@claudex/sdk';
import { expect } from 'chai';
import { toyLines } from '../../../../../test/third-party/fixture-protocol/index.js';
import { FAILURE, PLAIN, TOOL_CALL, toyEvents } from '../../../../../test/third-party/support/toy-answers.ts';
import { conformanceGroups } from '../../../src/testing/conformance/conformance.ts';

const SAMPLES = { streams: [toyEvents(TOOL_CALL), toyEvents(PLAIN), toyEvents(FAILURE)], rounds: 60 };

/** The titles of the checks that a protocol fails, each with what was wrong. */
function failuresOf(protocol: Protocol, options: Parameters<typeof conformanceGroups>[1] = SAMPLES): string[] {
  return conformanceGroups(protocol, options).flatMap(({ title, checks }) =>
    checks.flatMap((check) => {
      try {
        check.run();
        return [];
      } catch (error) {
        return [`${title} ${check.title}: ${(error as Error).message}`];
      }
    }),
  );
}

/** The sound protocol with one thing wrong about it. */
function broken(change: Partial<Protocol>): Protocol {
  return { ...toyLines, ...change };
}

function encoding(change: (encoded: EncodedRequest, context: CodecContext) => EncodedRequest): Protocol {
  return broken({ encodeRequest: (context) => change(toyLines.encodeRequest(context), context) });
}

function decoding(
  change: (machine: Machine<SseEvent, CanonicalEvent>, context: CodecContext) => Machine<SseEvent, CanonicalEvent>,
): Protocol {
  return broken({ decodeStream: (context) => change(toyLines.decodeStream(context), context) });
}

/** A machine with another end. */
function endingWith(events: readonly CanonicalEvent[]): Protocol {
  return decoding((machine) => ({
    push: (event) => machine.push(event),
    end: () => (machine.end().length === 0 ? [] : [...events]),
  }));
}

let calls = 0;
const usage = { input_tokens: 1, output_tokens: 1 };
const MADE_UP: CanonicalEvent[] = [{ type: 'message_delta', stop_reason: 'end_turn', usage }, { type: 'message_stop' }];
const loss = { kind: 'dropped', path: 'messages', feature: 'text', reason: 'The text was left out.' } as const;

const PLANTED: readonly [what: string, protocol: Protocol, problem: RegExp][] = [
  ['an id that is no word', broken({ id: 'Toy Lines' }), /the descriptor .*kebab case/],
  ['a path without a slash', broken({ endpoint: () => 'lines' }), /does not begin with a slash/],
  ['a credential that is not sent', broken({ authenticate: () => ({ 'x-key': 'k' }) }), /no header carries/],
  ['a header in capitals', broken({ authenticate: (key) => ({ Authorization: key }) }), /the header "Authorization"/],
  [
    'an encoder that throws',
    encoding(({ body, losses }, { request }) => {
      if (request.messages.length === 0) throw new Error('no messages');
      return { body, losses };
    }),
    /writes every canonical request.*request \d+.*threw Error: no messages/,
  ],
  [
    'an encoder that changes the request',
    encoding((encoded, { request }) => {
      Object.assign(request, { system: [] });
      return encoded;
    }),
    /changed the request/,
  ],
  [
    'an encoder that counts',
    encoding(({ body, losses }) => ({ body: { ...body, count: (calls += 1) }, losses })),
    /differently the second time/,
  ],
  [
    'a field without a value',
    encoding(({ body, losses }) => ({ body: { ...body, gone: undefined as never }, losses })),
    /body\.gone is undefined/,
  ],
  [
    "the client's name of the model",
    encoding(({ body, losses }, { request }) => ({ body: { ...body, model: request.model }, losses })),
    /the body names the model/,
  ],
  [
    'a text that is lost in silence',
    encoding(({ body, losses }) => ({ body: { ...body, lines: [] }, losses })),
    /sends every text.*is missing, and no loss says so/,
  ],
  [
    'a text that is lost behind a loss about something else',
    encoding(({ body, losses }) => ({
      body: { ...body, lines: [] },
      losses: [...losses, { kind: 'adjusted', path: 'messages', feature: 'text', reason: 'The text was repaired.' }],
    })),
    /sends every text.*is missing, and no loss says so/,
  ],
  [
    'a loss that quotes',
    encoding(({ body }, { request }) => ({
      body,
      losses: [{ ...loss, reason: `This was left out: ${JSON.stringify(request.messages)}.` }],
    })),
    /quotes what the user wrote/,
  ],
  [
    'a loss with a word of its own',
    encoding(({ body }) => ({ body, losses: [{ ...loss, feature: 'The Text' }] })),
    /is not a word in snake case/,
  ],
  [
    'a loss without a sentence',
    encoding(({ body }) => ({ body, losses: [{ ...loss, reason: 'unsupported' }] })),
    /gives no full sentence/,
  ],
  [
    'a result that lost its call',
    encoding(({ body, losses }) => ({
      body: { ...body, lines: (body['lines'] as { answers?: string }[]).map(({ answers: _id, ...line }) => line) },
      losses,
    })),
    /a call and its result have no id in common/,
  ],
  ['a made-up ending', endingWith(MADE_UP), /the answer looks complete, but is not all of it/],
  ['no ending at all', endingWith([]), /without message_stop or error/],
  [
    'a decoder that throws',
    decoding((machine) => ({
      push: (event) => (JSON.parse(event.data) === null ? [] : machine.push(event)),
      end: () => machine.end(),
    })),
    /keeps the grammar .*threw SyntaxError/,
  ],
  [
    'a decoder that goes on after the end',
    decoding((machine) => ({ push: (event) => [...machine.push(event), ...MADE_UP], end: () => machine.end() })),
    /says nothing more after the end/,
  ],
  [
    'counts that are taken as they come',
    decoding((machine) => ({
      push: (input) =>
        machine.push(input).map((event) => {
          if (event.type !== 'message_delta') return event;
          const { out } = JSON.parse(input.data) as { out: number };
          return { ...event, usage: { ...event.usage, output_tokens: out } };
        }),
      end: () => machine.end(),
    })),
    /odd numbers in every place.*usage\.output_tokens is -1/,
  ],
  [
    'a decoder that is settled too early',
    decoding((machine) => ({ push: (event) => machine.push(event), end: () => machine.end(), settled: true })),
    /ended when settled lacks something/,
  ],
  [
    'names that stay as they are on the wire',
    decoding((_machine, context) => toyLines.decodeStream({ ...context, request: { ...context.request, tools: [] } })),
    /does not come back from/,
  ],
  [
    'ids that repeat',
    decoding((_machine, context) =>
      toyLines.decodeStream({ ...context, request: { ...context.request, messages: [] } }),
    ),
    /is used again/,
  ],
  [
    'state that goes to everybody',
    broken({ encodeRequest: (context) => toyLines.encodeRequest({ ...context, origin: 'origin-a' }) }),
    /provider state goes to no other provider.*"origin":"origin-b".*memo-of-the-provider/,
  ],
  [
    'state that never comes back',
    broken({ encodeRequest: ({ origin: _origin, ...context }) => toyLines.encodeRequest(context) }),
    /the same with the signatures as without them/,
  ],
  [
    'a failure without a word',
    broken({ decodeFault: () => ({ kind: 'server', message: '', retryable: true }) }),
    /the fault has no message/,
  ],
  [
    'a word that every object has, taken for a kind',
    broken({
      decodeFault: ({ body }) => {
        const kinds: { readonly [word: string]: 'server' } = {};
        const { type = '' } = (JSON.parse(body.startsWith('{"') ? body : '{}') ?? {}) as { type?: string };
        return { kind: kinds[type] ?? 'server', message: 'It failed.', retryable: true };
      },
    }),
    /reads any status with any body.*the fault has the kind/,
  ],
  [
    'an overflow that no client recognises',
    broken({ decodeFault: () => ({ kind: 'context-overflow', message: 'Too long.', retryable: false }) }),
    /a way clients do not recognise/,
  ],
];

const { client } = anthropicMessages as { client: ClientCodec };

function brokenClient(change: Partial<ClientCodec>): Protocol {
  return { ...anthropicMessages, client: { ...client, ...change } };
}

const PLANTED_CLIENTS: readonly [what: string, protocol: Protocol, problem: RegExp][] = [
  [
    'a field that is not read back',
    brokenClient({ decodeRequest: ({ max_tokens: _limit, ...body }, dialect) => client.decodeRequest(body, dialect) }),
    /is another one when it is read back/,
  ],
  [
    'a refusal without a path',
    brokenClient({
      decodeRequest: () => {
        throw new Error('no');
      },
    }),
    /reads any body or says which field is wrong.*threw Error: no/,
  ],
  [
    'a stream that keeps something back',
    brokenClient({
      encodeStream: () => {
        const machine = client.encodeStream();
        return {
          push: (event) => (event.type === 'message_stop' ? [] : machine.push(event)),
          end: () => machine.end(),
        };
      },
    }),
    /writes streams that the protocol reads back.*the stream/,
  ],
  [
    'a failure under a success status',
    brokenClient({ encodeFault: (fault, id) => ({ ...client.encodeFault(fault, id), status: 200 }) }),
    /has the status 200/,
  ],
];

describe('the conformance suite', () => {
  for (const [what, protocol, problem] of [...PLANTED, ...PLANTED_CLIENTS]) {
    it(`finds ${what}`, () => {
      expect(failuresOf(protocol).map((failure) => failure.replaceAll('\n', ' '))).to.satisfy((failures: string[]) =>
        failures.some((failure) => problem.test(failure)),
      );
    });
  }

  it('says what it cannot check without samples, and checks the rest', () => {
    const groups = conformanceGroups(toyLines, { rounds: 20 });
    expect(groups.flatMap(({ unchecked }) => unchecked)).to.have.length(6);
    expect(groups.flatMap(({ checks }) => checks)).to.have.length.greaterThan(10);
    expect(conformanceGroups(toyLines, SAMPLES).flatMap(({ unchecked }) => unchecked)).to.deep.equal([
      'decodeResponse on answers, because no sample answers were given',
      'decodeFault on real failures, because no sample failures were given',
      'the client codec, because there is none',
    ]);
  });

  it('finds a sample that nobody can read', () => {
    const failures = failuresOf(toyLines, { streams: ['data: {}\n\n'], answers: [{}], rounds: 5 });
    expect(failures.map((failure) => failure.split(':')[0])).to.deep.equal([
      'decodeStream reads a complete answer out of at least one sample',
      'decodeResponse reads an answer out of at least one sample',
    ]);
  });
});
