import { expect } from 'chai';
import { answering } from '../faults/support/answers.ts';
import { casesOn } from '../faults/support/cases.ts';
import type { Answer } from '../faults/support/client.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { WAYS } from '../faults/support/ways.ts';

/** None of them is the one tool that was offered, `Read`. */
const INVENTED = ['Bash', 'read', 'READ', 'Read2', 'Rea', 'mcp__shell__run', '__proto__', 'constructor', 'R\u0435ad'];

/** The names of the calls in an answer. */
function callsIn({ body, events }: Answer): (string | undefined)[] {
  const opened = events.flatMap(
    (event) => (event['content_block'] as { type: string; name?: string } | undefined) ?? [],
  );
  const { content = [] } = events.length > 0 ? { content: opened } : (JSON.parse(body) as { content?: typeof opened });
  return content.filter(({ type }) => type === 'tool_use').map(({ name }) => name);
}

describe('a provider that calls tools which nobody offered', () => {
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const add = casesOn(stage);
  for (const { title, dialect, stream } of WAYS)
    for (const name of INVENTED)
      add(`SEC-22: never calls a real one by it: ${name} (${title})`, () => {
        const content = { tool: { id: 'call_scripted_1', name, pieces: ['{"file_path":"/notes.md"}'] } };
        const profile = stage.profile({ dialect, script: answering(dialect, content) });
        return async () => {
          const answer = await profile.ask({ stream });
          // The client knows its tools, and tells the model of one that it does not have.
          expect(answer.status, answer.body).to.equal(200);
          expect(callsIn(answer)).to.deep.equal([name]);
        };
      });
});
