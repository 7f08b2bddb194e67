import { expect } from 'chai';
import type { ContentBlock } from '@claudex/sdk';
import { assistant, call, PNG, result, system, user } from '@claudex/sdk/testing';
import { answered, called, encode, encodeMessages, resulted, said } from './support/encode.ts';

const DEVELOPER = { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Mind the gap.' }] };

describe('encoding instructions', () => {
  it('joins the system blocks without the billing line', () => {
    const { body, input, features } = encode({
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=1;' },
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: '' },
        { type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } },
      ],
    });
    expect(body['instructions']).to.equal('Be brief.\n\nBe kind.');
    expect(input).to.deep.equal([said('hi')]);
    expect(features).to.deep.equal(['billing_line', 'cache_control']);
  });

  it('takes system messages at the front for instructions', () => {
    const { body, input } = encode({ system: [{ type: 'text', text: 'A' }], messages: [system('B'), user('hi')] });
    expect(body['instructions']).to.equal('A\n\nB');
    expect(input).to.deep.equal([said('hi')]);
  });

  it('makes them the first message where the provider has no field for them', () => {
    const request = { system: [{ type: 'text' as const, text: 'A' }], messages: [user('hi'), system('B')] };
    const { body, input } = encode(request, { instructionRole: 'system' });
    expect(body).not.to.have.property('instructions');
    expect(input).to.deep.equal([
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'A' }] },
      said('hi'),
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'B' }] },
    ]);
  });

  it('keeps a later system message in its place, as the developer', () => {
    const { input } = encodeMessages([user('hi'), system('Mind the gap.'), user('go on')]);
    expect(input).to.deep.equal([said('hi'), DEVELOPER, said('go on')]);
  });

  it('turns a later system message into tagged user text where the provider refuses it', () => {
    const quirks = { midConversationSystem: 'user' } as const;
    const { input } = encodeMessages([user('hi'), system('Mind the gap.'), user('go on')], quirks);
    expect(input).to.deep.equal([said('hi', '<system-reminder>\nMind the gap.\n</system-reminder>', 'go on')]);
  });

  for (const midConversationSystem of ['user', 'keep'] as const) {
    it(`never lets a system message come between a call and its result (${midConversationSystem})`, () => {
      const { input } = encodeMessages(
        [user('hi'), assistant(call('a')), system('S'), user(result('a', 'done'), 'next')],
        { midConversationSystem },
      );
      expect(input.map(({ type }) => type).slice(0, 3)).to.deep.equal([
        'message',
        'function_call',
        'function_call_output',
      ]);
      expect(JSON.stringify(input.slice(3)))
        .to.include('S')
        .and.to.include('next');
    });
  }
});

describe('encoding what the user says', () => {
  it('keeps texts as parts and drops empty ones', () => {
    expect(encodeMessages([user('a', '', 'b')]).input).to.deep.equal([said('a', 'b')]);
  });

  it('sends pictures as data URI or address, in order', () => {
    const remote: ContentBlock = { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } };
    expect(encodeMessages([user('see', PNG, remote)]).input).to.deep.equal([
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'see' },
          { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'auto' },
          { type: 'input_image', image_url: 'https://example.org/a.png', detail: 'auto' },
        ],
      },
    ]);
  });

  it('replaces pictures that cannot be sent by a note', () => {
    const stored: ContentBlock = { type: 'image', source: { type: 'file', file_id: 'file_1' } };
    const refused = encodeMessages([user('see', PNG)], { images: false });
    expect(JSON.stringify(refused.input)).to.match(/image was left out here: this model/);
    expect(refused.losses[0]).to.include({ kind: 'dropped', path: 'messages[0].content[1]', feature: 'image' });
    const { input, features } = encodeMessages([user(stored)]);
    expect(JSON.stringify(input)).to.match(/image was left out here: it is stored/);
    expect(features).to.deep.equal(['image']);
  });

  it('leaves a note for content of another protocol', () => {
    const opaque: ContentBlock = { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'novelty' } };
    const { input, features } = encodeMessages([user(opaque)]);
    expect(JSON.stringify(input)).to.match(/was left out here/);
    expect(features).to.deep.equal(['opaque_block']);
  });

  it('tells what a search result says, also in the output of a call', () => {
    const found: ContentBlock = {
      type: 'opaque',
      protocol: 'anthropic-messages',
      value: { type: 'search_result', title: 'T', source: 's', content: [{ type: 'text', text: 'found' }] },
    };
    const text = '[The following is a search result "T" from s.]\nfound';
    const { input, features } = encodeMessages([user(found), assistant(call('a')), user(result('a', found))]);
    expect(input[0]).to.deep.equal(said(text));
    expect(input[2]).to.deep.equal(resulted('a', text));
    expect(features).to.deep.equal(['search_result', 'search_result']);
  });

  it('says that nothing was said where that is so, because nobody answers no input', () => {
    for (const messages of [[], [user('')], [user(), assistant('')]]) {
      const { input, losses } = encodeMessages(messages);
      expect(input).to.deep.equal([said('[empty message]')]);
      expect(losses.map(({ kind, feature }) => [kind, feature])).to.deep.equal([['adjusted', 'empty_conversation']]);
    }
  });

  it('reports extras of a block once, and each list of citations', () => {
    const marked: ContentBlock = { type: 'text', text: 'a', ext: { 'anthropic-messages': { x: 1 } }, citations: [{}] };
    expect(encodeMessages([user(marked, marked)]).features).to.deep.equal([
      'block_extension',
      'citations',
      'citations',
    ]);
  });

  it('merges messages of one role and drops what is empty', () => {
    const { input } = encodeMessages([user('a'), user(), assistant(''), user('b')]);
    expect(input).to.deep.equal([said('a', 'b')]);
  });

  it('replaces halves of characters, also in the input of a call, and says so once', () => {
    const cut = 'x\ud83d';
    const { body, losses } = encodeMessages([user(cut, '😀'), assistant(call('a', 'Read', { [cut]: cut }))]);
    expect(JSON.stringify(body)).not.to.match(/\\ud83d/);
    expect(JSON.stringify(body)).to.include('x\ufffd').and.to.include('😀');
    expect(losses.filter(({ feature }) => feature === 'half_character')).to.have.lengthOf(1);
    const inName = encodeMessages([assistant(call('a', 'Read', { list: [{ [cut]: 1 }] }))]);
    expect(inName.input[0]).to.include({ arguments: '{"list":[{"x\ufffd":1}]}' });
    const looksLike = encodeMessages([assistant(call('a', 'Read', { path: String.raw`\ud83d` }))]);
    expect(looksLike.features).to.deep.equal(['missing_tool_result']);
    expect(looksLike.input[0]).to.include({ arguments: JSON.stringify({ path: String.raw`\ud83d` }) });
  });
});

describe('encoding what the assistant said', () => {
  it('writes texts as parts of one message and calls after it', () => {
    const { input } = encodeMessages([
      assistant('a', 'b', call('c1', 'Read', { path: 'x' })),
      user(result('c1', 'ok')),
    ]);
    expect(input).to.deep.equal([
      answered('a', 'b'),
      { type: 'function_call', call_id: 'c1', name: 'Read', arguments: '{"path":"x"}' },
      { type: 'function_call_output', call_id: 'c1', output: 'ok' },
    ]);
  });

  it('keeps the order in which things were said, each group of calls directly followed by its results', () => {
    const { input, losses } = encodeMessages([
      assistant('a', call('c1'), call('c2'), 'b', call('c3'), 'c'),
      user(result('c1', '1'), result('c2', '2'), result('c3', '3'), 'go on'),
    ]);
    expect(input).to.deep.equal([
      answered('a'),
      called('c1'),
      called('c2'),
      resulted('c1', '1'),
      resulted('c2', '2'),
      answered('b'),
      called('c3'),
      resulted('c3', '3'),
      answered('c'),
      said('go on'),
    ]);
    expect(losses).to.deep.equal([]);
  });

  it('appends nothing to a result behind which the assistant went on', () => {
    const messages = [assistant(call('c1'), 'b'), user(result('c1', '1'), 'go on')];
    const { input } = encodeMessages(messages, { textAfterToolResults: 'append' });
    expect(input.slice(1)).to.deep.equal([resulted('c1', '1'), answered('b'), said('go on')]);
  });

  it('sends nothing for a turn that says nothing, and reports what cannot be said', () => {
    const { input, features } = encodeMessages([user('a'), assistant('', PNG), user('b')]);
    expect(input).to.deep.equal([said('a', 'b')]);
    expect(features).to.deep.equal(['image']);
  });

  it('names a call as the tool is named', () => {
    const { input } = encodeMessages([assistant(call('a', 'mcp.server/tool'))]);
    expect(input[0])
      .to.have.property('name')
      .that.matches(/^mcp_server_tool_[0-9a-f]{8}$/);
  });
});

describe('encoding a conversation that grows', () => {
  it('begins with the very items it had before', () => {
    const messages = [
      user('hi'),
      system('S'),
      assistant('let me see', call('a')),
      user(result('a', 'A', PNG), 'and now?'),
      assistant(call('b'), call('c')),
      user(result('b', 'B'), result('c', 'C')),
    ];
    const whole = encodeMessages(messages).input;
    for (const length of [1, 2, 4, 6]) {
      const before = encodeMessages(messages.slice(0, length)).input;
      expect(whole.slice(0, before.length)).to.deep.equal(before);
    }
  });
});
