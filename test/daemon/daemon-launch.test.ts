import { expect } from 'chai';
import { ownDaemonLaunch, sharedDaemonLaunch, type SharedDaemonSettings } from '../../src/daemon/daemon-launch.ts';

describe('what a daemon is started with', () => {
  const settings: SharedDaemonSettings = {
    host: '127.0.0.1',
    port: 14_000,
    allowRemote: false,
    programRoot: '/program',
    environment: {
      PATH: '/bin',
      CLAUDEX_CONFIG: '/mine.toml',
      CLAUDEX_PROXY_HOST: '::1',
      CLAUDEX_MODEL_ALIASES__FAST: 'x',
      CLAUDEX_DISABLE_AUTOUPDATE: '1',
      MY_KEY: 'secret',
    },
    keyVariables: ['MY_KEY', 'OPENAI_API_KEY'],
    stateFolder: '/state',
  };

  it('starts a shared daemon without what one caller configured, and without keys', () => {
    const { environment, workingFolder } = sharedDaemonLaunch(settings);
    expect(environment).to.deep.equal({
      PATH: '/bin',
      CLAUDEX_DISABLE_AUTOUPDATE: '1',
      CLAUDEX_PROXY_HOST: '127.0.0.1',
      CLAUDEX_DAEMON: '1',
    });
    expect(workingFolder).to.equal('/state');
  });

  it('tells a shared daemon where to listen and what to prove itself with', () => {
    const { command, environment } = sharedDaemonLaunch({
      ...settings,
      host: '192.0.2.1',
      allowRemote: true,
      configuredToken: 'a-configured-token',
    });
    expect(command).to.deep.equal([
      process.execPath,
      '--disable-sigusr1',
      '--max-semi-space-size=16',
      '/program/bin/run.js',
      'proxy',
      'start',
      '--port',
      '14000',
    ]);
    expect(environment).to.include({
      CLAUDEX_PROXY_HOST: '192.0.2.1',
      CLAUDEX_PROXY_ALLOW_REMOTE: 'true',
      CLAUDEX_PROXY_TOKEN: 'a-configured-token',
    });
  });

  it('starts an own daemon with the folder, the file and the environment of this call', () => {
    const { environment } = settings;
    const launch = ownDaemonLaunch({
      port: 14_000,
      configFile: 'my.toml',
      programRoot: '/program',
      environment,
      workingFolder: '/here',
      stateFolder: '/state',
    });
    expect(launch.command.slice(-2)).to.deep.equal(['--config', 'my.toml']);
    expect(launch).to.include({ environment, workingFolder: '/here' });
  });
});
