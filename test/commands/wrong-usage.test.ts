import { expect } from 'chai';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { runCli } from '../support/cli.ts';
import { WRONG_LINES, type WrongLine } from './support/wrong-lines.ts';

/** So many at once as the machine has cores, more or less. */
const AT_ONCE = 3;

const CONFIGURATION = `
model_aliases = { fast = "m-small" }

[[profiles]]
name = "grok"
provider_type = "OpenAICompatible"
base_url = "http://127.0.0.1:9/v1"
default_model = "m"
api_key = "sk-corpus-0123456789abcdef"

[[profiles]]
name = "off"
provider_type = "OpenAICompatible"
base_url = "http://127.0.0.1:9/v1"
default_model = "m"
enabled = false
`;

describe('a wrong command line', function () {
  this.timeout(180_000);
  let home: IsolatedHome;
  const outcomes = new Map<WrongLine, { code: number | null; stdout: string; stderr: string }>();

  before(async () => {
    home = await isolatedHome();
    await home.writeConfig(CONFIGURATION);
    const waiting = [...WRONG_LINES];
    const work = async (): Promise<void> => {
      for (let line = waiting.shift(); line; line = waiting.shift()) {
        const { args, environment = {} } = line;
        outcomes.set(line, await runCli(home, args, { environment }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  });
  after(() => home.close());

  it('is in the corpus sixty times and more', () => {
    expect(WRONG_LINES.length).to.be.at.least(60);
    expect(new Set(WRONG_LINES.map(({ args }) => args.join(' '))).size).to.equal(WRONG_LINES.length);
  });

  for (const line of WRONG_LINES) {
    it(`"${line.args.join(' ')}" ends with ${line.code} and says why`, () => {
      const { code, stdout, stderr } = outcomes.get(line) ?? { code: null, stdout: '', stderr: '' };
      const told = line.args.includes('--json') ? failureIn(stdout) : stderr;
      expect(code, stderr || stdout).to.equal(line.code);
      for (const words of line.says) expect(told).to.include(words);
      expect(`${stdout}${stderr}`).to.not.match(/\n\s+at |sk-corpus|node_modules|undefined/);
      if (!line.args.includes('--json') && line.prints !== true) expect(stdout).to.equal('');
    });
  }
});

function failureIn(stdout: string): string {
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string; remedy?: string } };
  expect(error.code).to.be.a('string');
  return `${error.message}\n${error.remedy ?? ''}`;
}
