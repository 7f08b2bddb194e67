import { expect } from 'chai';
import fc from 'fast-check';
import { ToolMarkupReader } from '@claudex/sdk/codec';
import { read, reader, textOf } from './support/read.ts';

const CALL = '<tool_call>{"name":"Read","arguments":{"a":1}}</tool_call>';
const A = { Read: { a: 1 } };

describe('reading text with tool calls in it', () => {
  const prose: readonly [what: string, answer: string][] = [
    ['plain text', 'a < b and [c] and <b>d</b>'],
    ['a name that was not offered', '<tool_call>{"name":"Delete","arguments":{}}</tool_call>'],
    ['another name that was not offered', '<function=Delete><parameter=a>1</parameter></function>'],
    ['a third', '<|channel|>commentary to=functions.Delete<|message|>{}<|call|>'],
    ['a list with one wrong entry', '[TOOL_CALLS] [{"name":"Read","arguments":{}},{"name":"Delete"}]'],
    ['broken JSON', '<tool_call>{"name":"Read","arguments":{"a":1}</tool_call>'],
    ['JSON that only looks right', '<tool_call>{"name":"Read","arguments":{"a":1e}}</tool_call>'],
    ['arguments that are a list', '<tool_call>{"name":"Read","arguments":[1]}</tool_call>'],
    ['arguments that are no JSON', '<tool_call>{"name":"Read","arguments":"x"}</tool_call>'],
    ['no name', '<tool_call>{"arguments":{}}</tool_call>'],
    ['no end', '<tool_call>{"name":"Read","arguments":{}}'],
    ['half a call', '<tool_call>{"name":"Re'],
    ['half an opening', 'so <tool_c'],
    ['an opening alone', '[TOOL_CALLS]'],
    ['words behind an opening', 'The tag <tool_call> starts a call.'],
    ['a key without a value', '<tool_call>Read<arg_key>a</arg_key></tool_call>'],
    ['half a parameter', '<function=Read><parameter=a>1</function>'],
    ['half an invocation', '<function_calls><invoke name="Read"><parameter name="a">1</parameter></function_calls>'],
    ['half a section', '<|tool_call_begin|>functions.Read:0<|tool_call_argument_begin|>{}'],
    ['an empty container', '<function_calls></function_calls>'],
    ['a separator missing', '<｜tool▁call▁begin｜>Read {}<｜tool▁call▁end｜>'],
    ['reasoning of gpt-oss', '<|channel|>analysis<|message|>Hm.<|end|>'],
    ['a code fence', `\`\`\`xml\n${CALL}\n\`\`\``],
    ['an indented code fence', `- so:\n  \`\`\`\`\n  \`\`\`\n${CALL}\n`],
    ['a code fence that does not end', `\`\`\`\n${CALL}`],
    ['a fence of tildes', `~~~\n${CALL}\n~~~\n`],
    ['a fence of tildes with backticks in it', `~~~ \`x\`\n\`\`\`\n${CALL}\n`],
    ['a fence of backticks with tildes in it', `\`\`\`\n~~~\n${CALL}\n`],
    ['a fence in a list item', `- \`\`\`\n  ${CALL}\n  \`\`\`\n`],
    ['a fence in an item of a numbered list', `12) \`\`\`xml\n    ${CALL}\n`],
    ['a fence in a list in a list', `* + ~~~\n${CALL}\n`],
    ['a fence that a list item does not close', `\`\`\`\n- \`\`\`\n${CALL}\n`],
    ['a fence in a quotation', `> \`\`\`\n> ${CALL}\n> \`\`\`\n`],
    ['a fence in a quotation in a quotation', `>> ~~~\n>>${CALL}\n`],
    ['code in a sentence', `Use \`${CALL}\` to call.`],
    ['code at the beginning of a line', `\`${CALL}\``],
    ['code between two backticks', `Use \`\` \` ${CALL} \`\` to call.`],
    ['code between three backticks at the beginning of a line', `\`\`\`x\`\`\` and \`\`\`${CALL}\`\`\`.`],
  ];
  for (const [what, answer] of prose) {
    it(`leaves ${what} alone`, () => {
      expect(read([answer])).to.deep.equal([answer]);
      expect(read(answer.split(''))).to.deep.equal([answer]);
    });
  }

  it('finds a call behind markup that was wrong', () => {
    const wrong = '<tool_call>{"name":"Delete"}</tool_call><tool_call>';
    expect(read([wrong + CALL])).to.deep.equal([wrong, A]);
    expect(read([`<function=Read><parameter=a>${CALL}`])).to.deep.equal(['<function=Read><parameter=a>', A]);
  });

  it('gives back what follows the last good call of several', () => {
    const bad = '<invoke name="Delete"></invoke></function_calls>';
    expect(read([`<function_calls><invoke name="Read"></invoke>${bad}`])).to.deep.equal([{ Read: {} }, bad]);
  });

  it('finds a call behind a code fence that has ended, and behind code inside a sentence', () => {
    expect(read([`\`\`\`\nx\n\`\`\`\n${CALL}`])).to.deep.equal(['```\nx\n```\n', A]);
    expect(read([`\`\`\`x\`\`\` is it:\n${CALL}`])).to.deep.equal(['```x``` is it:\n', A]);
    expect(read([`a \`\`\`\n${CALL}`])).to.deep.equal(['a ```\n', A]);
  });

  it('finds a call where code or a quotation has ended', () => {
    const before = [
      '~~~\nx\n~~~\n',
      '- ```\n  x\n  ```\n',
      '> ```\n> x\n> ```\n',
      '> ```\n> x\n',
      '> ```\n\n',
      'Use `x` so: ',
      'Use `` ` `` so: ',
      'A ` alone.\n',
      '`\n',
      '~~x~~ ',
      '- - ',
      '12345678901. ',
    ];
    for (const text of before) {
      expect(read([text + CALL])).to.deep.equal([text, A]);
      expect(read((text + CALL).split(''))).to.deep.equal([text, A]);
    }
  });

  it('drops white space between calls and after the last one, and keeps it before text', () => {
    expect(read([`${CALL}\n\n${CALL}\n`])).to.deep.equal([A, A]);
    expect(read([`${CALL}\n`, '\n', 'Done.'])).to.deep.equal([A, '\n\nDone.']);
    expect(read([`${CALL}\n<tool_call>x`])).to.deep.equal([A, '\n<tool_call>x']);
  });

  it('lets text in front of markup flow at once and holds back only the markup', () => {
    const machine = reader();
    expect(machine.push('Let me look.\n\n<')).to.deep.equal([{ kind: 'text', text: 'Let me look.\n\n' }]);
    expect(machine.push('tool')).to.deep.equal([]);
    expect(machine.push('box> ')).to.deep.equal([{ kind: 'text', text: '<toolbox> ' }]);
    expect(machine.push(CALL.slice(0, 40))).to.deep.equal([]);
    expect(machine.push(CALL.slice(40))).to.deep.equal([{ kind: 'call', name: 'Read', arguments: '{"a":1}' }]);
    expect(machine.end()).to.deep.equal([]);
  });

  it('gives every call as soon as it is complete', () => {
    const machine = reader();
    machine.push('<function_calls>\n<invoke name="Read">');
    expect(machine.push('</invoke>')).to.deep.equal([{ kind: 'call', name: 'Read', arguments: '{}' }]);
    expect(machine.push('<invoke name="Read">')).to.deep.equal([]);
  });

  it('does without schemas', () => {
    const machine = new ToolMarkupReader((name) => name === 'Read');
    expect(machine.push('<function=Read><parameter=path>3</parameter></function>')).to.deep.equal([
      { kind: 'call', name: 'Read', arguments: '{"path":3}' },
    ]);
  });

  describe('within its limits', () => {
    const KIB = 1024;

    it('takes long arguments, in small pieces too', () => {
      const long = 'x'.repeat(200 * KIB);
      const answer = `<tool_call>{"name":"Read","arguments":{"a":"${long}"}}</tool_call>`;
      expect(read([answer])).to.deep.equal([{ Read: { a: long } }]);
      expect(read(answer.match(/[^]{1,7}/g) ?? [])).to.deep.equal([{ Read: { a: long } }]);
    });

    it('gives up after 256 KiB and passes the rest on, calls too', () => {
      const answer = `<tool_call>{"name":"Read","arguments":{"a":"${'x'.repeat(257 * KIB)}"}}</tool_call>${CALL}`;
      expect(read([answer])).to.deep.equal([answer]);
      const machine = reader();
      const pieces = (answer.match(/[^]{1,5000}/g) ?? []).flatMap((chunk) => machine.push(chunk));
      expect(textOf([...pieces, ...machine.end()])).to.equal(answer);
      expect(machine.push('<tool')).to.deep.equal([{ kind: 'text', text: '<tool' }]);
    });

    it('is not kept busy by openings without end', function () {
      this.timeout(20_000);
      const openings = [
        '<tool_call>{"a":"',
        '<function=Read><parameter=a>',
        '<tool_call>',
        '[TOOL_CALLS][[',
        '<|start|>assistant<|channel|>',
        '<｜tool▁calls▁begin｜>',
        '<tool_call>Read\n<arg_key>',
        `<|tool_call_begin|>${' '.repeat(150)}a\nb<|tool_call_argument_begin|>`,
      ];
      for (const opening of openings) {
        const answer = opening.repeat(Math.floor((4096 * KIB) / opening.length));
        const machine = reader();
        expect(textOf([...machine.push(answer), ...machine.end()])).to.equal(answer);
      }
    });

    it('gives up after so much that looked like markup and was none', () => {
      const wrong = `<tool_call>{"a":"${'x'.repeat(KIB)}"}`;
      expect(read([wrong.repeat(900) + CALL]).at(-1)).to.deep.equal(A);
      expect(read([wrong.repeat(1100) + CALL])).to.deep.equal([wrong.repeat(1100) + CALL]);
    });

    it('counts what follows a call in vain, too', () => {
      const wrong = `<function_calls><invoke name="Read"></invoke><invoke name="Read">${' '.repeat(200 * KIB)}x`;
      const calls = read([wrong.repeat(8)]).filter((piece) => typeof piece !== 'string');
      expect(calls).to.have.lengthOf(6);
    });
  });

  const tags = '<tool_call> </tool_call> <function=Read> <parameter=a> </parameter> </function> [TOOL_CALLS] [ARGS]'
    .concat(' <|python_tag|> <function_calls> </invoke> </function_calls> <|channel|> <|message|> <|call|>')
    .concat(' <|tool_call_begin|> functions.Read:0 <|tool_call_argument_begin|> <|tool_call_end|>')
    .concat(' <arg_key> </arg_key> <arg_value> </arg_value> {"name":"Read","arguments":{"a":1}} {"name":"Delete"}')
    .concat(' {"a":1} { } [ ] " \\ ; < a Read text ``` `')
    .split(' ');
  const part = fc.constantFrom(...tags, '<invoke name="Read">', 'commentary to=Read', ' ', '\n', CALL);
  const answers = fc.array(part, { maxLength: 16 }).map((parts) => parts.join(''));

  it('gives the same however the answer is cut', () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(200), { maxLength: 8 }), (answer, cuts) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), answer.length];
        const chunks = places.slice(1).map((end, index) => answer.slice(places[index], end));
        expect(read(chunks)).to.deep.equal(read([answer]));
        expect(read(answer.split(''))).to.deep.equal(read([answer]));
      }),
      { numRuns: 1000 },
    );
  });

  it('loses nothing of an answer without a call', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const nothingOffered = new ToolMarkupReader(() => false);
        const pieces = answer.split('').flatMap((unit) => nothingOffered.push(unit));
        expect(textOf([...pieces, ...nothingOffered.end()])).to.equal(answer);
      }),
    );
  });

  it('only ever gives calls of tools that were offered, with an object of arguments', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const machine = reader();
        for (const piece of [...machine.push(answer), ...machine.end()]) {
          if (piece.kind === 'text') continue;
          expect(piece.name).to.equal('Read');
          expect(JSON.parse(piece.arguments)).to.be.an('object');
        }
      }),
    );
  });
});
