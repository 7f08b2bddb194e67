import { expect } from 'chai';
import type { ContentBlock, JsonObject } from '@claudex/sdk';
import { assistant, call, PNG, result, user } from '@claudex/sdk/testing';
import { encode, encodeOld, partsAt, PDF, words } from '../support/encode.ts';

const answered = (...content: (ContentBlock | string)[]) => ({
  messages: [user('go'), assistant(call('toolu_1')), user(...content)],
});
const response = (part: JsonObject | undefined): unknown => part?.['functionResponse'];

describe('results of calls', () => {
  it('say in a field of their own that the tool failed', () => {
    const encoded = encode(answered({ ...result('toolu_1', 'No such file.'), is_error: true } as ContentBlock));
    expect(response(partsAt(encoded, 2)[0])).to.deep.equal({
      id: 'toolu_1',
      name: 'Read',
      response: { error: 'No such file.' },
    });
  });

  it('hold pictures and files from Gemini 3 on', () => {
    const encoded = encode(answered(result('toolu_1', 'Seen.', PNG, PDF)));
    expect(partsAt(encoded, 2)).to.deep.equal([
      {
        functionResponse: {
          id: 'toolu_1',
          name: 'Read',
          response: {
            output: 'Seen.\n[The image of this result is attached.]\n[The document of this result is attached.]',
          },
          parts: [
            { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } },
            { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } },
          ],
        },
      },
    ]);
  });

  it('have their pictures behind all results before Gemini 3, and where a quirk says so', () => {
    const conversation = {
      messages: [
        user('go'),
        assistant(call('toolu_1'), call('toolu_2')),
        user(result('toolu_1', PNG), result('toolu_2', 'two'), 'Well?'),
      ],
    };
    for (const encoded of [encodeOld(conversation), encode(conversation, { toolResultMedia: 'message' })]) {
      const [first, second, note, picture, words_] = partsAt(encoded, 2);
      expect(first).to.have.nested.property('functionResponse.response.output').that.includes('follows');
      expect(second).to.have.nested.property('functionResponse.response.output', 'two');
      expect(note).to.have.property('text').that.includes('toolu_1');
      expect(picture).to.deep.equal({ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } });
      expect(words_).to.deep.equal({ text: 'Well?' });
    }
  });

  it('are made up where the client sent none, and never sent twice', () => {
    const missing = encode(answered('Never mind.'));
    expect(response(partsAt(missing, 2)[0])).to.have.nested.property('response.output', '[no result]');
    expect(words(missing.losses)).to.deep.equal(['adjusted missing_tool_result messages[1].content[0]']);
    const twice = encode(answered(result('toolu_1', 'one'), result('toolu_1', 'two')));
    expect(partsAt(twice, 2)).to.have.length(1);
    expect(words(twice.losses)).to.deep.equal(['dropped duplicate_tool_result messages[2].content[1]']);
    const last = encode({ messages: [user('go'), assistant(call('toolu_1'))] });
    expect(response(partsAt(last, 2)[0])).to.have.nested.property('response.output', '[no result]');
  });

  it('become text where their call is gone, and say when they are empty', () => {
    const orphan = encode({ messages: [user(result('toolu_9', 'late'))] });
    expect(partsAt(orphan, 0)).to.deep.equal([{ text: '[Result of an earlier tool call:]' }, { text: 'late' }]);
    expect(words(orphan.losses)).to.deep.equal(['degraded orphan_tool_result messages[0].content[0]']);
    expect(response(partsAt(encode(answered(result('toolu_1'))), 2)[0])).to.have.nested.property(
      'response.output',
      '[empty result]',
    );
  });

  it('keep one id with their call, also where the provider would refuse it', () => {
    const encoded = encode({ messages: [user('go'), assistant(call('call:a|1')), user(result('call:a|1', 'one'))] });
    const [made] = partsAt(encoded, 1);
    const { id } = { ...(made?.['functionCall'] as JsonObject | undefined) };
    expect(id).to.match(/^[\w-]{1,64}$/);
    expect(response(partsAt(encoded, 2)[0])).to.have.property('id', id);
  });

  it('belong to the first of two calls with one id', () => {
    const encoded = encode({ messages: [user('go'), assistant(call('a'), call('a')), user(result('a', 'one'))] });
    expect(partsAt(encoded, 1)).to.have.length(1);
    expect(words(encoded.losses)).to.deep.equal(['dropped duplicate_tool_use messages[1].content[1]']);
  });
});
