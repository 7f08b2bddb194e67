import { expect } from 'chai';
import { isRetryableFault, protocolFault } from '../src/index.ts';

describe('protocolFault', () => {
  it('is a fault that another attempt may not have', () => {
    expect(protocolFault('The provider sent half a page.')).to.deep.equal({
      kind: 'protocol',
      message: 'The provider sent half a page.',
      retryable: true,
    });
    expect(isRetryableFault('protocol')).to.equal(true);
  });
});
