import { expect } from 'chai';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { isJsonObject, type CodecContext, type ContentBlock, type JsonObject } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { assembleMessage, assistant, parseSse, result, user } from '@claudex/sdk/testing';
import { decode, readStream, recordedContext, RECORDED, REST } from './support/recorded-streams.ts';

describe('the reasoning of recorded Responses traffic', function () {
  const recorded = RECORDED.find(({ protocol }) => protocol === openaiResponses);
  const cases = (recorded?.streams ?? []).flatMap((file) => {
    const events = recorded ? decode(recorded, parseSse([readStream(file), REST])) : [];
    const items = reasoningIn(file);
    const failed = events.at(-1)?.type === 'error';
    return failed || items.length === 0 ? [] : [{ file, items, content: assembleMessage(events).content }];
  });
  if (cases.length === 0) {
    it.skip('needs the recordings');
    return;
  }

  it('is there in numbers', () => {
    expect(cases.length).to.be.greaterThan(10);
  });

  for (const { file, items, content } of cases) {
    it(`goes back as it came: ${file}`, () => {
      expect(reasoningOf(nextTurn(content, recordedContext()))).to.deep.equal(items);
    });

    it(`goes to nobody else: ${file}`, () => {
      for (const other of [{ origin: 'another' }, { model: 'another' }]) {
        const body = nextTurn(content, { ...recordedContext(), ...other });
        expect(reasoningOf(body)).to.deep.equal([]);
        for (const [encrypted] of items)
          if (encrypted !== undefined) expect(JSON.stringify(body)).not.to.include(encrypted);
      }
    });
  }
});

/** The encrypted content and the summaries of each reasoning item that a stream finished, in order. */
type Reasoning = readonly [encrypted: string | undefined, summaries: readonly string[]];

function reasoningIn(file: string): Reasoning[] {
  const done = parseSse([readStream(file), REST])
    .map(({ data }) => parseJson(data))
    .filter((event) => isJsonObject(event) && event['type'] === 'response.output_item.done') as JsonObject[];
  return done
    .flatMap(({ item }) => (isJsonObject(item) ? read(item) : []))
    .filter(([encrypted]) => encrypted !== undefined);
}

function reasoningOf({ input }: JsonObject): Reasoning[] {
  return (input as JsonObject[]).flatMap((item) => read(item)).filter(([encrypted]) => encrypted !== undefined);
}

function read(item: JsonObject): Reasoning[] {
  if (item['type'] !== 'reasoning') return [];
  const { encrypted_content: encrypted, summary = [] } = item;
  const texts = (summary as { text: string }[]).map(({ text }) => text);
  return [[typeof encrypted === 'string' ? encrypted : undefined, texts]];
}

/** The body of the next turn, after the answer went through a client that knows nothing but JSON. */
function nextTurn(content: readonly ContentBlock[], context: CodecContext): JsonObject {
  const kept = JSON.parse(JSON.stringify(content)) as ContentBlock[];
  const results = kept.flatMap((block) => (block.type === 'tool_use' ? [result(block.id, 'done')] : []));
  const messages = [user('Go.'), assistant(...kept), user(...results, 'On.')];
  return openaiResponses.encodeRequest({ ...context, request: { ...context.request, messages } }).body;
}
