import { expect } from 'chai';
import type { JsonObject, Quirks, ServerTool } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { contextOf, tool, user } from '@claudex/sdk/testing';

function serverTool(type: string, settings: JsonObject = {}): ServerTool {
  const name = type.slice(0, type.lastIndexOf('_'));
  return { kind: 'server', type, name, declaration: { type, name, ...settings } };
}

function encode(tools: ServerTool[], webSearch: NonNullable<Quirks['webSearch']>) {
  const { body, losses } = encodeRequest(
    contextOf({ messages: [user('hi')], tools: [...tools, tool('Read')] }, { webSearch }),
  );
  return { body, losses: losses.map(({ feature, path }) => `${feature} ${path}`) };
}

const PLACE = { type: 'approximate', city: 'Bern', country: 'CH' };
const SEARCH = serverTool('web_search_20250305', { max_uses: 8, blocked_domains: ['a.example'], user_location: PLACE });

describe('encoding web search', () => {
  it('switches it on by options, with the place of the user', () => {
    const { body, losses } = encode([SEARCH], 'options');
    expect(body['web_search_options']).to.deep.equal({
      user_location: { type: 'approximate', approximate: { city: 'Bern', country: 'CH' } },
    });
    expect(losses).to.deep.equal([
      'web_search_setting tools[0].max_uses',
      'web_search_setting tools[0].blocked_domains',
    ]);
    const bare = encode([serverTool('web_search_20250305', { allowed_domains: [] })], 'options');
    expect(bare.body['web_search_options']).to.deep.equal({});
    expect(bare.losses).to.deep.equal([]);
  });

  it("switches on OpenRouter's plugin with the limits of the client", () => {
    const { body, losses } = encode([SEARCH], 'openrouter-plugin');
    expect(body['plugins']).to.deep.equal([
      { id: 'web', max_results: 8, exclude_domains: ['a.example'], user_location: PLACE },
    ]);
    expect(losses).to.deep.equal([]);
    const many = serverTool('web_search_20250305', { max_uses: 50, allowed_domains: ['b.example'] });
    expect(encode([many], 'openrouter-plugin').body['plugins']).to.deep.equal([
      { id: 'web', max_results: 10, include_domains: ['b.example'] },
    ]);
    expect(encode([serverTool('web_search_20250305')], 'openrouter-plugin').body['plugins']).to.deep.equal([
      { id: 'web' },
    ]);
  });

  it('is a loss where there is none, and so are all other server tools', () => {
    for (const webSearch of ['none', 'tool'] as const) {
      const { body, losses } = encode([SEARCH], webSearch);
      expect(body).to.have.all.keys('model', 'messages', 'stream', 'tools');
      expect(losses).to.deep.equal(['server_tool tools[0]']);
    }
    const { body, losses } = encode([serverTool('web_fetch_20250910'), SEARCH], 'options');
    expect(losses).to.include('server_tool tools[0]');
    expect(body).to.have.property('web_search_options');
    expect(body['tools']).to.have.lengthOf(1);
  });
});
