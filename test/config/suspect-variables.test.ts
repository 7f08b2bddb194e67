import { expect } from 'chai';
import { suspectVariables } from '../../src/config/suspect-variables.ts';

describe('suspectVariables', () => {
  const meant = (name: string): string | undefined => suspectVariables({ [name]: 'x' })[0]?.meant;

  it('knows what was probably meant', () => {
    expect(meant('CLAUDEX_PROXY_PROT')).to.equal('CLAUDEX_PROXY_PORT');
    expect(meant('CLAUDEX_PROXY__PORT')).to.equal('CLAUDEX_PROXY_PORT');
    expect(meant('CLAUDEX_ROUTER_ENABLED')).to.equal('CLAUDEX_ROUTER__ENABLED');
    expect(meant('CLAUDEX_ROUTR__ENABLED')).to.equal('CLAUDEX_ROUTER__ENABLED');
    expect(meant('CLAUDEX_LOGLEVEL')).to.equal('CLAUDEX_LOG_LEVEL');
  });

  it('leaves alone what is configuration, belongs to the program or is near to nothing', () => {
    for (const name of [
      'CLAUDEX_PROXY_PORT',
      'CLAUDEX_ROUTER__ENABLED',
      'CLAUDEX_CONFIG',
      'CLAUDEX_DAEMON',
      'CLAUDEX_CONFIG_DIR',
      'CLAUDEX_UNRELATED_THING',
      'PROXY_PROT',
    ])
      expect(meant(name), name).to.equal(undefined);
  });
});
