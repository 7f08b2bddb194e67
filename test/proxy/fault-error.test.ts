import { expect } from 'chai';
import { UpstreamError } from '../../src/http/index.ts';
import { judge } from '../../src/failover/index.ts';
import { startRecord } from '../../src/proxy/exchange.ts';
import { faultOf, faultOfRefusal } from '../../src/proxy/fault-error.ts';
import { RequestError } from '../../src/proxy/request-error.ts';

describe('what an error means as a fault', () => {
  for (const code of ['EMFILE', 'ENFILE']) {
    it(`is our own limit when we may open no more files (${code})`, () => {
      const fault = faultOf(new UpstreamError('connection', 'it failed', { code }), startRecord(), false);
      expect(fault).to.include({ kind: 'overloaded', status: 529, retryAfterMs: 1000 });
      expect(judge(fault).circuit).to.equal('abandon');
    });
  }

  it('is the upstream’s when it closes the connection', () => {
    const fault = faultOf(new UpstreamError('connection', 'it failed', { code: 'ECONNRESET' }), startRecord(), false);
    expect(fault).to.include({ kind: 'connection', retryable: true });
    expect(judge(fault).circuit).to.equal('fail');
  });

  it('is final for a certificate that is not accepted', () => {
    const fault = faultOf(new UpstreamError('connection', 'it failed', { isPermanent: true }), startRecord(), false);
    expect(judge(fault)).to.include({ here: false, elsewhere: 'any' });
  });

  it('is a wrong request or a failure of ours where we refuse it ourselves', () => {
    expect(faultOfRefusal(new RequestError(400, 'invalid_request_error', 'no')).kind).to.equal('invalid-request');
    expect(faultOfRefusal(new RequestError(500, 'api_error', 'no')).kind).to.equal('server');
    expect(faultOfRefusal(new Error('a bug'))).to.include({ kind: 'server', code: 'proxy_bug' });
  });
});
