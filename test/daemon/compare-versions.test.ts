import { expect } from 'chai';
import { compareVersions } from '../../src/daemon/index.ts';

describe('comparing versions', () => {
  const ascending = [
    '0.9.9',
    '0.10.0-alpha',
    '0.10.0-alpha.1',
    '0.10.0-alpha.beta',
    '0.10.0-beta.2',
    '0.10.0-beta.11',
    '0.10.0-rc.1',
    '0.10.0',
    '0.10.1',
    '1.0.0',
    '10.0.0',
  ];

  it('orders numbers as numbers, and a pre-release before its release', () => {
    for (const [index, version] of ascending.entries()) {
      for (const [other, opposite] of ascending.entries()) {
        const order = index === other ? 'same' : index < other ? 'older' : 'newer';
        expect(compareVersions(version, opposite), `${version} and ${opposite}`).to.equal(order);
      }
    }
  });

  it('does not look at what built it', () => {
    expect(compareVersions('1.2.3+linux', '1.2.3+mac')).to.equal('same');
  });

  it('has no order for what is no version', () => {
    for (const strange of ['unknown', '', '1.2', 'v1.2.3', '1.2.3.4', '1.2.x'])
      expect(compareVersions(strange, '1.2.3'), strange).to.equal('incomparable');
    expect(compareVersions('unknown', 'unknown')).to.equal('same');
  });
});
