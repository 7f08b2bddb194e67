import { expect } from 'chai';
import { reply, SUMMARY_MARK } from '../../src/script/index.ts';
import { chat, LISTING, round, TOOLS, user } from '../support/conversation-builder.ts';

const TASK = user('Have a look at the files here and tell me what you find.');
const tools = [TOOLS.bash, TOOLS.read, TOOLS.glob];
const listed = round({ name: 'Bash', arguments: { command: 'pwd && ls -la' }, result: LISTING });

describe('the scripted assistant', () => {
  it('greets and explains when it is greeted, tools or not', () => {
    const answer = reply(chat([user('Hello, who are you?')], { tools }), 'one');
    expect(answer.calls).to.deep.equal([]);
    expect(answer.text).to.match(/^Hello! I am the demo provider .*a script .*not a model/);
    expect(answer.text).to.contain('Anthropic Messages').and.to.contain('Chat Completions');
  });

  it('answers in words when it has no tools for the task', () => {
    const answer = reply(chat([TASK]), 'one');
    expect(answer.calls).to.deep.equal([]);
    expect(answer.text).to.contain('cannot help with that');
  });

  it('lists the folder first', () => {
    const { calls } = reply(chat([TASK], { tools }), 'one');
    expect(calls).to.deep.equal([
      { name: 'Bash', arguments: { command: 'pwd && ls -la', description: 'List the folder' } },
    ]);
  });

  it('reads the README it saw, by its absolute path', () => {
    const { calls } = reply(chat([TASK, ...listed], { tools }), 'one');
    expect(calls).to.deep.equal([{ name: 'Read', arguments: { file_path: '/home/ada/garden/README.md' } }]);
  });

  it('reports the names and the first lines it really saw', () => {
    const read = round({
      name: 'Read',
      arguments: { file_path: '/home/ada/garden/README.md' },
      result:
        '     1→# The garden\n     2→\n     3→Water it on Mondays.\n\n<system-reminder>\nBe careful.\n</system-reminder>',
    });
    const { text, calls } = reply(chat([TASK, ...listed, ...read], { tools }), 'one');
    expect(calls).to.deep.equal([]);
    expect(text).to.contain(
      '/home/ada/garden and saw 5 entries: .env, README.md, beds/, shopping list.txt, photo.png.',
    );
    expect(text).to.contain('I read README.md. It begins:\n> # The garden\n> Water it on Mondays.\n');
    expect(text).not.to.contain('Be careful');
    expect(text).to.contain('Claude Code ran the tools here');
  });

  it('goes on with the task although the client adds reminders after the results', () => {
    const reminder = user('<system-reminder>\nA list of files to look at.\n</system-reminder>');
    const { calls } = reply(chat([TASK, ...listed, reminder], { tools }), 'one');
    expect(calls[0]?.name).to.equal('Read');
  });

  it('starts over with a new question in the same conversation', () => {
    const { calls } = reply(chat([TASK, ...listed, user('List the files again, please.')], { tools }), 'one');
    expect(calls[0]?.arguments).to.include({ command: 'pwd && ls -la' });
  });

  it('says so when permission is refused, and asks for nothing more', () => {
    const refused = round({
      name: 'Bash',
      arguments: { command: 'pwd && ls -la' },
      result: "Claude requested permissions to use Bash, but you haven't granted it yet.",
    });
    const { text, calls } = reply(chat([TASK, ...refused], { tools }), 'one');
    expect(calls).to.deep.equal([]);
    expect(text).to.contain('I asked for Bash, but permission was refused: Claude requested permissions');
    expect(text).to.contain('nothing came of it').and.not.to.contain('ran the tools');
  });

  it('says so when a tool fails', () => {
    const failed = round({
      name: 'Read',
      arguments: { file_path: '/x' },
      result: '<tool_use_error>File does not exist.</tool_use_error>',
    });
    const { text } = reply(chat([TASK, ...listed, ...failed], { tools }), 'one');
    expect(text).to.contain('I asked for Read, but it failed: File does not exist.');
  });

  it('knows a failure by the note that the proxy puts before it', () => {
    const note = '[The tool reported an error.]\n';
    const failed = round({ name: 'Read', arguments: {}, result: `${note}EISDIR: illegal operation on a directory` });
    const { text } = reply(chat([TASK, ...listed, ...failed], { tools }), 'one');
    expect(text).to.contain('I asked for Read, but it failed: EISDIR: illegal operation on a directory');
    const result = `${note}Claude requested permissions to use Bash, but you haven't granted it yet.`;
    const refused = round({ name: 'Bash', arguments: {}, result });
    expect(reply(chat([TASK, ...refused], { tools }), 'one').text).to.contain(
      'permission was refused: Claude requested',
    );
  });

  it('says so when a result never came back', () => {
    const { text } = reply(chat([TASK, ...round({ name: 'Bash', arguments: {} })], { tools }), 'one');
    expect(text).to.contain('no result came back');
  });

  it('reads nothing when there is nothing it may read', () => {
    const onlyPrivate =
      '/x\ntotal 4\n-rw-r--r-- 1 a a 10 Nov 24 06:00 .env\n-rw-r--r-- 1 a a 10 Nov 24 06:00 secrets.txt\n';
    const { text, calls } = reply(
      chat([TASK, ...round({ name: 'Bash', arguments: {}, result: onlyPrivate })], { tools }),
      'one',
    );
    expect(calls).to.deep.equal([]);
    expect(text).to.contain('saw 2 entries');
  });

  it('finishes after two rounds however long the history is', () => {
    const history = Array.from({ length: 5000 }, () => [TASK, ...listed]).flat();
    const { calls } = reply(chat([...history, TASK, ...listed, ...listed], { tools }), 'one');
    expect(calls).to.deep.equal([]);
  });

  it('calls several tools in one turn when told to', () => {
    const first = reply(chat([TASK], { tools }), 'parallel');
    expect(first.calls.map((call) => call.arguments['command'])).to.deep.equal(['pwd', 'ls -la']);
    const [folder = '', ...entries] = LISTING.split('\n');
    const results = round(
      { name: 'Bash', arguments: { command: 'pwd' }, result: folder },
      { name: 'Bash', arguments: { command: 'ls -la' }, result: entries.join('\n') },
    );
    const second = reply(chat([TASK, ...results], { tools }), 'parallel');
    expect(second.calls.map((call) => call.arguments['file_path'])).to.deep.equal([
      '/home/ada/garden/README.md',
      '/home/ada/garden/shopping list.txt',
    ]);
  });

  it('makes do with Glob and the folder that the client names', () => {
    const environment = { role: 'system', content: 'Environment\n - Primary working directory: /home/ada/garden\n' };
    const only = { tools: [TOOLS.glob, TOOLS.read] };
    const first = reply(chat([environment, TASK], only), 'one');
    expect(first.calls).to.deep.equal([{ name: 'Glob', arguments: { pattern: '*' } }]);
    const globbed = round({
      name: 'Glob',
      arguments: { pattern: '*' },
      result: '/home/ada/garden/notes.txt\n/home/ada/garden/README.md',
    });
    const second = reply(chat([environment, TASK, ...globbed], only), 'one');
    expect(second.calls).to.deep.equal([{ name: 'Read', arguments: { file_path: '/home/ada/garden/README.md' } }]);
  });

  it('reads by Bash when there is no Read, with the name quoted', () => {
    const listing = "/x\ntotal 4\n-rw-r--r-- 1 a a 10 Nov 24 06:00 it's.txt\n";
    const { calls } = reply(
      chat([TASK, ...round({ name: 'Bash', arguments: {}, result: listing })], { tools: [TOOLS.bash] }),
      'one',
    );
    expect(calls[0]?.arguments['command']).to.equal(String.raw`head -n 20 -- '/x/it'\''s.txt'`);
  });

  it('leaves a tool alone that has a known name and other parameters', () => {
    const stranger = {
      type: 'function',
      function: { name: 'Bash', parameters: { type: 'object', properties: { script: {} }, required: ['script'] } },
    };
    expect(reply(chat([TASK], { tools: [stranger] }), 'one').calls).to.deep.equal([]);
  });

  it('calls no tool when the client forbids it', () => {
    expect(reply(chat([TASK], { tools, toolChoice: 'none' }), 'one').calls).to.deep.equal([]);
  });

  it('calls the tool the client insists on, with arguments that fit', () => {
    const report = {
      type: 'function',
      function: {
        name: 'report',
        parameters: { type: 'object', required: ['mood'], properties: { mood: { enum: ['sunny', 'grey'] } } },
      },
    };
    const named = chat([user('hi')], { tools: [report, TOOLS.bash], toolChoice: { function: { name: 'report' } } });
    expect(reply(named, 'one').calls).to.deep.equal([{ name: 'report', arguments: { mood: 'sunny' } }]);
    const any = chat([user('hi')], { tools: [report, TOOLS.bash], toolChoice: 'required' });
    expect(reply(any, 'one').calls[0]?.name).to.equal('Bash');
  });

  it('answers a side call for a title with JSON that fits the schema', () => {
    const responseSchema = {
      type: 'object',
      properties: { title: { type: 'string', maxLength: 20 } },
      required: ['title'],
    };
    const answer = reply(chat([user('Water the tomatoes in the greenhouse every morning')], { responseSchema }), 'one');
    expect(JSON.parse(answer.text)).to.deep.equal({ title: 'Water the tomatoes i' });
  });

  it('summarises a conversation that is compacted, although tools are offered', () => {
    const ask = user(
      'Your task is to create a detailed summary of the conversation so far. Wrap it in <summary> tags.',
    );
    const answer = reply(chat([TASK, ...listed, ask], { tools }), 'one');
    expect(answer.calls).to.deep.equal([]);
    expect(answer.text).to.match(/^<summary>\n[\s\S]+1 tool calls were made \(Bash\)[\s\S]+<\/summary>$/);
  });

  it('takes a quoted summary for what it is', () => {
    const continued = user(`This session continues. <summary>${SUMMARY_MARK}</summary> Please list the files.`);
    expect(reply(chat([continued], { tools }), 'one').calls[0]?.name).to.equal('Bash');
  });
});
