import { expect } from 'chai';
import { checkProxyVariables } from '../../../src/doctor/checks/proxy-variables.ts';
import { checkTerminal } from '../../../src/doctor/checks/terminal.ts';
import type { Diagnosis } from '../../../src/doctor/finding.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn, type InstallationChanges } from '../support/installation.ts';

describe('doctor: the surroundings', () => {
  const folder = temporaryFolder();

  describe('the proxy of the network', () => {
    const judge = (environment: NodeJS.ProcessEnv): readonly Diagnosis[] =>
      checkProxyVariables(installationIn(folder(), { environment }));
    const NO_PROXY = 'localhost,127.0.0.1';

    it('is not needed', () => {
      expect(judge({})).to.deep.equal([
        { id: 'proxy-variables', state: 'ok', title: 'No proxy of your network is set' },
      ]);
    });

    it('must leave this machine alone', () => {
      const [found] = judge({ HTTPS_PROXY: 'http://user:canary@proxy.example:8080' });
      expect(found).to.include({ state: 'warning', title: 'NO_PROXY does not leave this machine alone' });
      expect(found?.detail).to.contain('claudex run').and.not.contain('canary');
      expect(judge({ HTTPS_PROXY: 'http://proxy.example:8080', NO_PROXY })[0]).to.include({
        state: 'ok',
        detail: 'HTTPS_PROXY',
      });
      expect(judge({ HTTPS_PROXY: 'http://proxy.example:8080', no_proxy: '*' })[0]).to.include({ state: 'ok' });
    });

    it('must have an address', () => {
      const [found] = judge({ ALL_PROXY: 'canary://nonsense', NO_PROXY });
      expect(found).to.include({ state: 'problem', title: 'ALL_PROXY is no address of a proxy' });
      expect(JSON.stringify(found)).to.not.contain('canary');
      for (const address of ['proxy.example:8080', 'socks5://proxy.example:1080'])
        expect(judge({ ALL_PROXY: address, NO_PROXY })[0], address).to.include({ state: 'ok' });
    });

    it('must be the same in both spellings', () => {
      const environment = { HTTP_PROXY: 'http://one.example', http_proxy: 'http://two.example', NO_PROXY };
      expect(judge(environment)[0]).to.include({ state: 'warning', title: 'HTTP_PROXY and http_proxy differ' });
      expect(judge({ ...environment, http_proxy: 'http://one.example' })[0]).to.include({ state: 'ok' });
    });
  });

  describe('the terminal', () => {
    const judge = (changes: InstallationChanges): readonly Diagnosis[] =>
      checkTerminal(installationIn(folder(), { environment: { TERM: 'xterm' }, ...changes }));

    it('is fine with columns and colours, and need not be one', () => {
      expect(judge({})[0]).to.include({ state: 'ok', detail: '100 columns, 256 colours' });
      expect(judge({ terminal: { isTerminal: true, columns: 80, colorDepth: 24 } })[0]).to.include({
        detail: '80 columns, true colour',
      });
      const [none] = judge({ terminal: { isTerminal: false, colorDepth: 1 }, environment: { TERM: 'dumb' } });
      expect(none).to.include({ state: 'ok', title: 'Not on a terminal' });
    });

    it('may be dumb, narrow or without Unicode', () => {
      expect(judge({ environment: { TERM: 'dumb' } })[0]).to.include({ state: 'warning', title: 'TERM is "dumb"' });
      const [narrow] = judge({ terminal: { isTerminal: true, columns: 40, colorDepth: 1 } });
      expect(narrow).to.include({ state: 'warning', title: 'The terminal has only 40 columns' });
      const [ascii] = judge({ environment: { LANG: 'C' } });
      expect(ascii).to.include({ state: 'warning', title: 'The locale is not UTF-8' });
      expect(judge({ environment: { LANG: 'C', LC_ALL: 'en_US.UTF-8' } })[0]).to.include({ state: 'ok' });
    });
  });
});
