import { expect } from 'chai';
import type { ContentBlock, Json, JsonObject } from '@claudex/sdk';
import { assistant, call, result, tool, user } from '@claudex/sdk/testing';
import { encode, partsAt, words } from '../support/encode.ts';

const nested = (levels: number): JsonObject => {
  let value: Json = {};
  for (let level = 0; level < levels; level += 1) value = { inner: value };
  return value;
};

describe('requests that make little sense', () => {
  it('are written without halves of characters', () => {
    const encoded = encode({
      messages: [user('cut \ud800'), assistant(call('a', 'Read', { '\ud800': '\udfff' })), user(result('a', 'x'))],
    });
    expect(JSON.stringify(encoded.body)).not.to.match(/\\ud[89a-f]/i);
    expect(words(encoded.losses)).to.deep.equal(['adjusted half_character contents']);
  });

  it('are cut where they are nested too deep', () => {
    const encoded = encode({
      messages: [user('go'), assistant(call('a', 'Read', nested(3000))), user(result('a', 'x'))],
      tools: [tool('Deep', { input_schema: nested(3000) })],
      output_config: { format: { type: 'json_schema', schema: nested(3000) } },
    });
    expect(() => JSON.stringify(encoded.body)).not.to.throw();
    expect(new Set(encoded.losses.map(({ feature }) => feature))).to.deep.equal(
      new Set(['quarantined_tool', 'output_format', 'nesting']),
    );
  });

  it('say what of the assistant or the user has no place', () => {
    const picture: ContentBlock = { type: 'image', source: { type: 'file', file_id: 'f' } };
    const opaque: ContentBlock = { type: 'opaque', protocol: 'another', value: { type: 'x' } };
    const spoken = encode({ messages: [user('go'), assistant('a', picture, opaque)] });
    expect(partsAt(spoken, 1)).to.deep.equal([{ text: 'a' }]);
    expect(words(spoken.losses)).to.deep.equal([
      'dropped image messages[1].content[1]',
      'dropped opaque_block messages[1].content[2]',
    ]);
    const heard = encode({ messages: [user(opaque, { type: 'thinking', thinking: 'Hm.' })] });
    expect(partsAt(heard, 0)).to.have.length(2);
    expect(words(heard.losses)).to.deep.equal([
      'dropped opaque_block messages[0].content[0]',
      'dropped thinking messages[0].content[1]',
    ]);
  });

  it('keep in words what another provider searched and found', () => {
    const asked: ContentBlock = {
      type: 'server_tool_use',
      id: 'srvtoolu_1',
      name: 'web_search',
      input: { query: 'q' },
    };
    const found: ContentBlock = {
      type: 'server_tool_result',
      result_type: 'web_search_tool_result',
      tool_use_id: 'srvtoolu_1',
      content: [{ type: 'web_search_result', url: 'https://example.com', title: 'Example' }],
    };
    expect(partsAt(encode({ messages: [user('go'), assistant(asked, found)] }), 1)).to.deep.equal([
      { text: 'Searched the web for: q' },
      { text: 'Search results:\n- Example: https://example.com' },
    ]);
  });

  it('record extras that nothing here can carry, each kind once', () => {
    const marked: ContentBlock = {
      type: 'text',
      text: 'a',
      cache_control: { type: 'ephemeral' },
      ext: { another: 1 },
      citations: [{ type: 'char_location' }],
    };
    const { losses } = encode({
      system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral' } }],
      messages: [user(marked, { ...marked })],
      tools: [tool('Read', { ext: { another: 1 } })],
      ext: { another: 1 },
    });
    const features = losses.map(({ feature }) => feature).toSorted();
    expect(features).to.deep.equal(
      ['block_extension', 'cache_control', 'citations', 'citations', 'request_extension', 'tool_extension'].toSorted(),
    );
  });

  it('are written the same way every time', () => {
    const request = { messages: [user('go'), assistant(call('é'), call('é'))], tools: [tool('naïve tool')] };
    expect(JSON.stringify(encode(request))).to.equal(JSON.stringify(encode(request)));
  });
});
