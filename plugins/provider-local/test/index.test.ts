import { expect } from 'chai';
import { llamacpp, lmstudio, ollama, ollamaCloud, vllm } from '../src/index.ts';

const SERVERS = [ollama, lmstudio, llamacpp, vllm];

describe('the providers on this machine', () => {
  it('need no key, are local, speak three protocols and are looked for in a fixed order', () => {
    expect(SERVERS.map(({ localServer }) => localServer?.rank)).to.deep.equal([10, 20, 30, 40]);
    for (const server of SERVERS) {
      expect(server).to.include({ local: true, needsCredential: false, protocol: 'openai-chat' });
      expect(Object.keys(server.endpoints?.[0]?.bases ?? {})).to.deep.equal([
        'openai-chat',
        'anthropic-messages',
        'openai-responses',
      ]);
      expect(server.quirks).to.include({ schemaDialect: 'grammar', thinkTags: true, toolCallMarkup: true });
      expect(server.authenticate?.('key')).to.deep.equal({ authorization: 'Bearer key' });
    }
  });

  it('are not what the cloud of Ollama is, which wants its key as Bearer', () => {
    expect(ollamaCloud).to.not.have.any.keys('local', 'needsCredential', 'localServer');
    expect(ollamaCloud.authenticate?.('key')).to.deep.equal({ authorization: 'Bearer key' });
    expect(ollama, 'the key of the cloud is shown to no other server').to.not.have.property('keyVariables');
  });
});
