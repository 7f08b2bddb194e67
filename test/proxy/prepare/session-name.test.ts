import { expect } from 'chai';
import type { Incoming } from '../../../src/proxy/incoming.ts';
import { sessionName } from '../../../src/proxy/prepare/session-name.ts';

const incoming = (headers: Incoming['headers']): Incoming => ({
  requestId: 'req_1',
  body: Buffer.alloc(0),
  model: undefined,
  headers,
  query: '',
  signal: AbortSignal.timeout(1_000),
});
const named = incoming({ 'x-claude-code-session-id': 'session-a' });
const nameless = incoming({});

describe('the name of a session', () => {
  it('is the same for every request of it, and says nothing about the client', () => {
    const name = sessionName(named, undefined, 'vendor');
    expect(name)
      .to.match(/^[0-9a-f]{32}$/)
      .and.to.equal(sessionName(named, undefined, 'vendor'));
  });

  it('differs between sessions and between providers', () => {
    const other = incoming({ 'x-claude-code-session-id': 'session-b' });
    const names = [
      sessionName(named, undefined, 'vendor'),
      sessionName(named, undefined, 'rival'),
      sessionName(other, undefined, 'vendor'),
    ];
    expect(new Set(names).size).to.equal(3);
  });

  it('comes from the metadata where no header has it', () => {
    const userId = '{"device_id":"d","account_uuid":"","session_id":"session-a"}';
    expect(sessionName(nameless, userId, 'vendor')).to.equal(sessionName(named, undefined, 'vendor'));
    expect(sessionName(named, '{"session_id":"other"}', 'vendor')).to.equal(sessionName(named, undefined, 'vendor'));
  });

  it('is absent where the client names none', () => {
    for (const userId of [undefined, 5, 'plain text', '{}', '{"session_id":5}', '{"session_id":""}', '[]', '{']) {
      expect(sessionName(nameless, userId, 'vendor'), String(userId)).to.equal(undefined);
    }
  });
});
