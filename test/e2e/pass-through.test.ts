import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll } from '../support/close-all.ts';
import { startAnthropicUpstream, type MessagesRequest } from '../support/scripted-anthropic-upstream.ts';
import { expectNoKeyInClient } from './support/expect-no-leak.ts';
import { MODEL, prepareStage, runSession } from './support/stage.ts';

describe('a session whose provider speaks Anthropic Messages itself', () => {
  it('has its requests passed on with their version and betas, under the provider key', async () => {
    const upstream = await startAnthropicUpstream((body) =>
      body.messages.some((message) => message.role === 'assistant')
        ? [{ type: 'text', text: 'PASSED THROUGH' }]
        : [
            { type: 'text', text: 'One tool.' },
            { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'echo through > pass.txt' } },
          ],
    );
    const stage = await prepareStage({ provider_type: 'DirectAnthropic', base_url: upstream.url });
    try {
      const { code, result } = await runSession(stage, 'Use one tool.');

      expect(result).to.include({ is_error: false, result: 'PASSED THROUGH' });
      expect(code).to.equal(0);
      expect(await readFile(join(stage.home.work, 'pass.txt'), 'utf8')).to.equal('through\n');
      expect(upstream.requests).to.have.lengthOf(2);
      for (const { url, headers, body } of upstream.requests) {
        expect(url).to.equal('/v1/messages?beta=true');
        expect([headers['x-api-key'], headers.authorization]).to.include.oneOf([stage.key, `Bearer ${stage.key}`]);
        expect(headers['anthropic-version']).to.equal('2023-06-01');
        expect(headers['anthropic-beta']).to.include('claude-code-');
        expect(body.model).to.equal(MODEL);
        expect(body).to.include.keys('system', 'tools', 'metadata', 'max_tokens');
      }
      expect(toolResultIds(upstream.requests[1]?.body)).to.deep.equal(['toolu_1']);
      await expectNoKeyInClient(stage);
      expect(stage.refused.hosts).to.deep.equal([]);
    } finally {
      await closeAll(stage, upstream);
    }
  });
});

function toolResultIds(body: MessagesRequest | undefined): string[] {
  const blocks = (body?.messages ?? []).flatMap((message) => (Array.isArray(message.content) ? message.content : []));
  return blocks.filter((block) => block.type === 'tool_result').map((block) => block.tool_use_id);
}
