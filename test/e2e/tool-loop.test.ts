import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll } from '../support/close-all.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import {
  startChatUpstream,
  toolResults,
  turnOf,
  type ChatRequest,
  type ScriptedAnswer,
} from '../support/scripted-chat-upstream.ts';
import { expectNoKeyInClient } from './support/expect-no-leak.ts';
import { MODEL, prepareStage, runSession, type Stage } from './support/stage.ts';

describe('a session whose provider speaks Chat Completions', () => {
  let stage: Stage;
  let upstream: RecordingServer<ChatRequest>;

  beforeEach(async () => {
    upstream = await startChatUpstream((body) => steps(stage.home.work)[turnOf(body)] ?? { text: 'ALL DONE' });
    stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
  });

  afterEach(async () => {
    await closeAll(stage, upstream);
  });

  it('writes, reads, edits and runs a command, then answers', async () => {
    const { code, result } = await runSession(stage, 'Prove that your tools work.');

    expect(result).to.include({ is_error: false, result: 'ALL DONE' });
    expect(code).to.equal(0);
    expect(await readFile(join(stage.home.work, 'proof.txt'), 'utf8')).to.equal('alpha\ngamma\n');
    expect((await readFile(join(stage.home.work, 'lines.txt'), 'utf8')).trim()).to.equal('2');

    expect(upstream.failures).to.deep.equal([]);
    expect(upstream.requests.map(({ url }) => url)).to.deep.equal(Array(5).fill('/v1/chat/completions'));
    for (const { headers, body } of upstream.requests) {
      expect(headers.authorization).to.equal(`Bearer ${stage.key}`);
      expect(body).to.include({ model: MODEL, stream: true });
    }
    const results = toolResults(upstream.requests[4]?.body ?? { model: '', messages: [] });
    expect([...results.keys()]).to.deep.equal(['call_0_0', 'call_1_0', 'call_2_0', 'call_3_0']);
    expect(results.get('call_1_0')).to.include('alpha').and.to.include('beta');
    expect(results.get('call_3_0')).to.include('alpha\ngamma');
    for (const [n, { body }] of upstream.requests.entries()) {
      expect(toolResults(body).size, `results in request ${n}`).to.equal(n);
    }

    await expectNoKeyInClient(stage);
    expect(stage.refused.hosts).to.deep.equal([]);
  });
});

function steps(folder: string): ScriptedAnswer[] {
  const file_path = join(folder, 'proof.txt');
  const command = 'wc -l < proof.txt > lines.txt && cat proof.txt';
  return [
    { text: 'I begin.', toolCalls: [{ name: 'Write', input: { file_path, content: 'alpha\nbeta\n' } }] },
    { toolCalls: [{ name: 'Read', input: { file_path } }] },
    { toolCalls: [{ name: 'Edit', input: { file_path, old_string: 'beta', new_string: 'gamma' } }] },
    { toolCalls: [{ name: 'Bash', input: { command, description: 'Count lines' } }] },
  ];
}
