import { expect } from 'chai';
import type { CanonicalRequest, CodecContext, Quirks } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { contextOf, user } from '@claudex/sdk/testing';

function encode(request: Partial<CanonicalRequest>, quirks: Quirks, more: Partial<CodecContext> = {}) {
  return encodeRequest({ ...contextOf({ messages: [user('hi')], ...request }, quirks), ...more });
}

const metadata = { user_id: '{"device_id":"0123abcd"}', team: 'red' };

describe('encoding whose request it is', () => {
  it('makes the key of the cache of the session', () => {
    const session = 'a-session';
    expect(encode({}, { promptCacheKey: true }, { session }).body).to.include({ prompt_cache_key: session });
    expect(encode({}, { promptCacheKey: true }).body).not.to.have.property('prompt_cache_key');
    expect(encode({}, {}, { session }).body).not.to.have.property('prompt_cache_key');
  });

  it('shortens a session whose name is too long for a key, the same way every time', () => {
    const keyOf = (session: string): unknown =>
      encode({}, { promptCacheKey: true }, { session }).body['prompt_cache_key'];
    expect(keyOf('s'.repeat(64))).to.equal('s'.repeat(64));
    expect(keyOf('s'.repeat(65))).to.match(/^[a-z0-9]{32}$/);
    expect(keyOf('s'.repeat(65))).to.equal(keyOf('s'.repeat(65)));
    expect(keyOf('s'.repeat(65))).not.to.equal(keyOf('s'.repeat(66)));
  });

  it('keeps the id of the user on this machine unless the provider has a field for it', () => {
    const { body, losses } = encode({ metadata }, {}, { session: 'x' });
    expect(body).to.have.all.keys('model', 'messages', 'stream');
    expect(losses.map(({ path }) => path)).to.deep.equal(['metadata.user_id', 'metadata.team']);
  });

  for (const userField of ['user', 'safety_identifier'] as const) {
    it(`sends an opaque id as ${userField}, never the client's own`, () => {
      expect(encode({ metadata }, { userField }, { session: 'a-session' }).body).to.include({
        [userField]: 'a-session',
      });
      const { body, losses } = encode({ metadata }, { userField });
      expect(body[userField]).to.match(/^[a-z0-9]{32}$/);
      expect(JSON.stringify(body)).not.to.include('0123abcd');
      expect(losses.map(({ kind, path }) => [kind, path])).to.deep.equal([
        ['adjusted', 'metadata.user_id'],
        ['dropped', 'metadata.team'],
      ]);
    });
  }

  it('sends no id where the client gives none', () => {
    expect(encode({}, { userField: 'user' }, { session: 'x' }).body).not.to.have.property('user');
    expect(encode({ metadata: { user_id: 7 } }, { userField: 'user' }).losses).to.have.lengthOf(1);
  });
});
