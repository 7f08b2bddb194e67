import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll } from '../support/close-all.ts';
import { startChatUpstream, toolResults, turnOf } from '../support/scripted-chat-upstream.ts';
import { expectNoKeyInClient } from './support/expect-no-leak.ts';
import { prepareStage, runSession } from './support/stage.ts';

describe('an answer with two tool calls whose arguments arrive in turns', () => {
  it('runs both and returns both results in one request, each under the id of its call', async () => {
    const ids = ['call:one|fc_1/#?', 'call_two'] as const;
    const toolCalls = ['one', 'two'].map((word, index) => ({
      id: ids[index] ?? '',
      name: 'Bash',
      input: { command: `echo ${word} > ${word}.txt && echo printed-${word}`, description: `Write ${word}` },
    }));
    const upstream = await startChatUpstream((body) =>
      turnOf(body) === 0 ? { text: 'Two at once.', toolCalls } : { text: 'BOTH DONE' },
    );
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    try {
      const { code, result } = await runSession(stage, 'Do two things at once.');

      expect(result).to.include({ is_error: false, result: 'BOTH DONE' });
      expect(code).to.equal(0);
      expect(await readFile(join(stage.home.work, 'one.txt'), 'utf8')).to.equal('one\n');
      expect(await readFile(join(stage.home.work, 'two.txt'), 'utf8')).to.equal('two\n');
      expect(upstream.requests).to.have.lengthOf(2);
      const body = upstream.requests[1]?.body ?? { model: '', messages: [] };
      const results = [...toolResults(body)].map(([id, text]) => [id, text.trim()]);
      const asked = body.messages.flatMap((message) => message.tool_calls ?? []).map((call) => call.id);
      expect(results).to.deep.equal(asked.map((id, index) => [id, `printed-${['one', 'two'][index]}`]));
      expect(new Set(asked).size).to.equal(2);
      for (const id of asked) expect(id).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
      await expectNoKeyInClient(stage);
      expect(stage.refused.hosts).to.deep.equal([]);
    } finally {
      await closeAll(stage, upstream);
    }
  });
});
