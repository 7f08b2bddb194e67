import { expect } from 'chai';
import { proxySecrets } from '../../src/http/index.ts';

describe('the secrets of proxies of the network', () => {
  it('are the passwords in the usual variables, in both cases', () => {
    expect(
      proxySecrets({
        HTTP_PROXY: 'http://user:first-word@127.0.0.1:8080',
        https_proxy: 'http://user:second%40word@127.0.0.1:8080',
        ALL_PROXY: 'socks5://user:third-word@127.0.0.1:1080',
        all_proxy: 'user:fourth-word@127.0.0.1:8080',
        OTHER_PROXY: 'http://user:not-looked-at@127.0.0.1:8080',
      }),
    ).to.have.members(['first-word', 'second@word', 'third-word', 'fourth-word']);
  });

  it('are none where there is no password or no address', () => {
    expect(
      proxySecrets({ HTTP_PROXY: 'http://127.0.0.1:8080', HTTPS_PROXY: 'no address', ALL_PROXY: '' }),
    ).to.deep.equal([]);
  });

  it('are taken as they are written when they are not encoded', () => {
    expect(proxySecrets({ HTTP_PROXY: 'http://user:100%sure@127.0.0.1:8080' })).to.deep.equal(['100%sure']);
  });
});
