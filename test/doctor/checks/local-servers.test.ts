import { expect } from 'chai';
import { ollama } from '@claudex/plugin-provider-local';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkLocalServers } from '../../../src/doctor/checks/local-servers.ts';
import { serveOllama, type OllamaModel } from '../../local/support/fake-ollama.ts';
import { registryOf } from '../../support/registry.ts';
import type { TestServer } from '../../support/serve.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

describe('the doctor on local servers', () => {
  const folder = temporaryFolder();
  let models: readonly OllamaModel[] = [];
  let server: TestServer;
  beforeEach(async () => {
    server = await serveOllama(() => models);
  });
  afterEach(() => server.stop());

  const found = async (offline = false, more = '') => {
    const configFile = join(folder(), 'config.toml');
    await writeFile(configFile, `[[profiles]]\nname = "mine"\nprovider = "ollama"\n${more}`);
    const installation = installationIn(folder(), {
      configFile,
      offline,
      environment: { OLLAMA_HOST: `127.0.0.1:${server.port}` },
      registry: () => Promise.resolve(registryOf([ollama])),
    });
    return checkLocalServers(installation);
  };

  it('is content with a model that calls tools and has room', async () => {
    models = [{ name: 'qwen3-coder:30b', running: 65_536 }];
    expect(await found()).to.deep.equal([
      { id: 'local-model', state: 'ok', title: 'Model of profile mine', detail: 'qwen3-coder:30b by Ollama' },
    ]);
  });

  it('warns of a window that prompts are cut to', async () => {
    models = [{ name: 'qwen3-coder:30b', running: 4_096 }];
    const [finding] = await found();
    expect(finding).to.include({ id: 'local-model', state: 'warning' });
    expect(finding?.detail).to.include('cuts longer prompts').and.include('OLLAMA_CONTEXT_LENGTH=65536');
  });

  it('warns of a server that has no model, or does not run', async () => {
    models = [];
    expect((await found())[0]?.remedy).to.include('ollama pull');
    await server.stop();
    expect((await found())[0]?.remedy).to.include('ollama serve');
  });

  it('asks nobody when it is offline, and nothing of a profile that is not enabled', async () => {
    models = [{ name: 'qwen3-coder:30b', running: 4_096 }];
    expect(await found(true)).to.deep.equal([]);
    expect(await found(false, 'enabled = false\n')).to.deep.equal([]);
    expect(server.seen).to.deep.equal([]);
  });
});
