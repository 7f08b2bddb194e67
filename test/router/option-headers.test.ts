import { expect } from 'chai';
import { withOptionHeaders } from '../../src/router/option-headers.ts';

describe('options in headers', () => {
  it('stand where their names stand, once or several times', () => {
    const headers = { 'x-place': '{region}/{plan}', 'x-twice': '{plan} and {plan}', 'x-plain': 'as it is' };
    expect(withOptionHeaders(headers, { region: 'eu', plan: 'pro' })).to.deep.equal({
      'x-place': 'eu/pro',
      'x-twice': 'pro and pro',
      'x-plain': 'as it is',
    });
  });

  it('leave a header out where one of them has no value', () => {
    expect(withOptionHeaders({ 'x-place': '{region}/{plan}', 'x-plain': 'kept' }, { region: 'eu' })).to.deep.equal({
      'x-plain': 'kept',
    });
  });

  it('are not needed', () => {
    expect(withOptionHeaders(undefined, { region: 'eu' })).to.deep.equal({});
  });
});
