import { expect } from 'chai';
import { daemonUrl } from '../../src/daemon/index.ts';

describe('the address of a daemon', () => {
  it('puts an IPv6 host in brackets once', () => {
    expect(daemonUrl({ host: '::1', port: 1 })).to.equal('http://[::1]:1');
    expect(daemonUrl({ host: '[::1]', port: 1 })).to.equal('http://[::1]:1');
  });

  it('reaches a proxy that listens everywhere by loopback', () => {
    expect(daemonUrl({ host: '0.0.0.0', port: 80 })).to.equal('http://127.0.0.1:80');
    expect(daemonUrl({ host: '::', port: 80 })).to.equal('http://[::1]:80');
  });

  it('keeps a name as it is', () => {
    expect(daemonUrl({ host: 'localhost', port: 13_456 })).to.equal('http://localhost:13456');
  });
});
