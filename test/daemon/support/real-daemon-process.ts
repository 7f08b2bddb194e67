// Run as a process: a daemon with the real proxy inside, of any version. Arguments: port, token, state folder,
// version, configuration file.
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { loadConfiguration } from '../../../src/config/index.ts';
import { serveDaemon } from '../../../src/daemon/index.ts';
import { startProxy } from '../../../src/proxy/index.ts';

const [port = '', token = '', stateFolder = '', version = '', configFile = ''] = process.argv.slice(2);
const door = { host: '127.0.0.1', port: Number(port), token };
const configuration = await loadConfiguration({
  configFile,
  workingFolder: stateFolder,
  environment: {},
  configFolder: stateFolder,
  stateFolder,
});
await serveDaemon({
  door,
  stateFolder,
  version,
  start: () =>
    startProxy({
      ...door,
      version,
      configuration,
      environment: {},
      keys: {},
      registry: {
        protocols: new Map([anthropicMessages, openaiChat].map((protocol) => [protocol.id, protocol])),
        providers: new Map(),
        searches: new Map(),
        warnings: [],
      },
      log: (line) => process.stderr.write(`${line}\n`),
    }),
  warn: (problem) => process.stderr.write(`${problem}\n`),
  ready: (record) => process.stdout.write(`listening on ${record.port}\n`),
});
