import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import type { JsonObject, SseEvent } from '@claudex/sdk';
import { assembleMessage, checkGrammar, isComplete, parseSse, runMachine } from '@claudex/sdk/testing';
import { expect } from 'chai';
import { anthropicMessage, anthropicStream } from '../../bench/fixtures/anthropic-answer.ts';
import { makeAnswer, marksOf } from '../../bench/fixtures/answer.ts';
import { chatCompletion, chatStream } from '../../bench/fixtures/chat-answer.ts';
import { countMarks } from '../../bench/fixtures/prose.ts';
import { longestRecordedStream } from '../../bench/fixtures/recorded-stream.ts';
import { sessionBody } from '../../bench/fixtures/request-body.ts';
import { sealedReasoning } from '../../bench/fixtures/sealed-reasoning.ts';
import { contextOf } from '../../bench/machines/context.ts';
import { CONTESTS } from '../../bench/machines/contests.ts';
import { encodeRequest, rewriteRequest } from '../../bench/machines/encode-request.ts';
import { readEvents, scanEvents } from '../../bench/machines/read-events.ts';
import { runContest } from '../../bench/machines/run-contest.ts';
import { SIDES, type Side } from '../../bench/machines/sides.ts';
import { parseEach, tapStream } from '../../bench/machines/tap-stream.ts';
import { templateStream } from '../../bench/machines/template-stream.ts';
import { translateStream } from '../../bench/machines/translate-stream.ts';

const answer = makeAnswer({ reasoning: 5, text: 20, calls: [10, 4] });
const sides: readonly Side[] = Object.values(SIDES);

describe('what the benches of the machines measure', () => {
  it('is an answer with as many marked pieces as it should have, in every protocol and form', () => {
    const forms = [chatStream(answer), anthropicStream(answer)].map((events) =>
      events.map(({ data }) => data).join('\n'),
    );
    expect(marksOf(answer)).to.equal(39);
    expect(forms.map(countMarks)).to.deep.equal([39, 39]);
    const bodies = [chatCompletion(answer), anthropicMessage(answer)].map((body) => JSON.stringify(body));
    expect(bodies.map(countMarks)).to.deep.equal([34, 34]);
  });

  it('is sound traffic of every protocol', () => {
    const decoded = [
      ...sides.map(({ protocol, streamOf }) => runMachine(protocol.decodeStream(contextOf()), streamOf(answer))),
      runMachine(anthropicMessages.decodeStream(contextOf()), anthropicStream(answer)),
    ];
    for (const events of decoded) {
      expect(checkGrammar(events)).to.deep.equal([]);
      expect(isComplete(events)).to.equal(true);
      expect(assembleMessage(events).content.map(({ type }) => type)).to.deep.equal([
        'thinking',
        'text',
        'tool_use',
        'tool_use',
      ]);
    }
  });

  it('is the same work for the translation and its floor', () => {
    for (const [name, side] of Object.entries(SIDES)) {
      const events = side.streamOf(answer);
      const { ours, floor } = deltasOf(side, [events.slice(0, 7), events.slice(7)]);
      expect(ours.join('')).to.equal(floor.join(''));
      expect(countMarks(ours.join(''))).to.equal(39);
      // In Chat Completions the pieces of the second call wait for the first one to end, and then come at once.
      expect(floor.length - ours.length).to.equal(name === 'chat' ? 4 : 0);
    }
  });

  for (const side of sides) {
    const events = longestRecordedStream(side.recordings);
    (events ? it : it.skip)(`is the same work for a recorded stream of ${side.recordings}`, () => {
      const { ours, floor } = deltasOf(side, [events ?? []]);
      expect(ours.length).to.be.greaterThan(100);
      expect(ours).to.deep.equal(floor);
    });
  }

  it('is a tap that sees the whole answer, and a floor that parses all of it', () => {
    const events = anthropicStream(answer);
    expect(tapStream(events)).to.deep.include({ stopReason: 'tool_use', fault: undefined });
    expect(tapStream(events).usage).to.deep.include({ input_tokens: 1_000, output_tokens: 400 });
    expect(parseEach(events)).to.equal(events.length);
  });

  it('is every event of a stream for the reader and the scan, wherever the bytes are cut', () => {
    const events = chatStream(answer);
    const bytes = Buffer.from(events.map(({ data }) => `data: ${data}\n\n`).join(''));
    for (const at of [1, 100, 1000]) {
      const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
      expect([readEvents(pieces), scanEvents(pieces)]).to.deep.equal([events.length, events.length]);
    }
  });

  for (const bytes of [200_000, 2_000_000]) {
    it(`is a session of about ${bytes} bytes with 60 tools, all of which arrive upstream`, () => {
      const body = sessionBody(bytes, true);
      expect(body.byteLength).to.be.within(bytes, bytes * 1.05);
      const sent = JSON.parse(encodeRequest(SIDES.chat.protocol, body).toString()) as {
        messages: { role: string }[];
        tools: unknown[];
      };
      const given = JSON.parse(body.toString()) as { messages: unknown[] };
      expect(sent.tools).to.have.length(60);
      // The system prompt is one message more.
      expect(sent.messages).to.have.length(given.messages.length + 1);
      expect(sent.messages.filter(({ role }) => role === 'tool')).to.have.length((given.messages.length - 1) / 2);
      expect(rewriteRequest(body).equals(body)).to.equal(true);
    });
  }

  it('is a session whose sealed reasoning arrives upstream as the provider’s own', () => {
    const chat = sentWith(SIDES.chat)['messages'] as JsonObject[];
    const responses = sentWith(SIDES.responses)['input'] as JsonObject[];
    const turns = chat.filter(({ role }) => role === 'assistant');
    expect(turns.length).to.be.greaterThan(10);
    expect(
      turns.filter(({ reasoning_content: text }) => typeof text === 'string' && countMarks(text) === 40),
    ).to.have.length(turns.length);
    const states = responses.filter(
      ({ encrypted_content: state }) => typeof state === 'string' && state.startsWith('gAAAA'),
    );
    expect(states.length).to.be.greaterThan(10);
    expect(states).to.have.length(responses.filter(({ type }) => type === 'function_call').length);
  });

  it('gives a row of positive figures for every contest', async () => {
    for (const [name, make] of Object.entries(CONTESTS)) {
      const contest = make();
      if (!contest) continue;
      const rows = await runContest(name, contest, { rounds: 1, shortRounds: 1, pacedRounds: 1, share: 0.001 });
      for (const row of rows) expect(row.ours, `${name}: ${row.measure}`).to.be.greaterThan(0);
      expect(rows[0]?.ratio).to.be.greaterThan(0);
    }
  });
});

function sentWith(side: Side): JsonObject {
  const body = sessionBody(200_000, true, sealedReasoning(side.protocol, side.streamOf));
  return JSON.parse(encodeRequest(side.protocol, body).toString()) as JsonObject;
}

/** The text that each delta adds, without signatures: as it is translated, and as the floor writes it. */
function deltasOf(side: Side, reads: readonly (readonly SseEvent[])[]): { ours: string[]; floor: string[] } {
  const written = { ours: '', floor: '' };
  translateStream(side.protocol, reads, (text) => (written.ours += text));
  templateStream(side.writeDelta, reads, (text) => (written.floor += text));
  return { ours: addedBy(written.ours), floor: addedBy(written.floor) };
}

function addedBy(text: string): string[] {
  return parseSse(text).flatMap(({ data }) => {
    const { delta } = JSON.parse(data) as { delta?: { text?: string; thinking?: string; partial_json?: string } };
    const added = delta?.text ?? delta?.thinking ?? delta?.partial_json;
    return added === undefined ? [] : [added];
  });
}
