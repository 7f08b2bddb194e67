import { expect } from 'chai';
import { read } from './support/read.ts';

const A = { Read: { a: 1 } };
const EMPTY = { Read: {} };
const OTHER = { 'mcp__a-b__c': {} };

/** The markup of models that imitate Claude; some put a prefix before every name. */
function invoke(container: string, prefix: string, inner = ''): string {
  return [
    `<${container}>`,
    `<${prefix}invoke name="Read">`,
    `<${prefix}parameter name="path"${inner}>a\n</${prefix}parameter>`,
    `<${prefix}parameter name="list">[1, 2]</${prefix}parameter>`,
    `</${prefix}invoke>`,
    `<${prefix}invoke name="Read"></${prefix}invoke>`,
    `</${container}>`,
  ].join('\n');
}

const INVOKED = [{ Read: { path: 'a\n', list: [1, 2] } }, EMPTY];
const PREFIX = 'antml:';

describe('recognising a printed call', () => {
  const printed: readonly [who: string, answer: string, calls: unknown[]][] = [
    ['Hermes', '<tool_call>\n{"name": "Read", "arguments": {"a": 1}}\n</tool_call>', [A]],
    [
      'Hermes, twice',
      '<tool_call>{"name":"Read","arguments":{"a":1}}</tool_call>\n<tool_call>{"name":"Read"}</tool_call>',
      [A, EMPTY],
    ],
    ['Hermes with arguments as text', String.raw`<tool_call>{"name":"Read","arguments":"{\"a\":1}"}</tool_call>`, [A]],
    [
      'Hermes with its own tag inside',
      String.raw`<tool_call>{"name":"Read","arguments":{"a":"</tool_call>\" {"}}</tool_call>`,
      [{ Read: { a: '</tool_call>" {' } }],
    ],
    [
      'GLM',
      '<tool_call>Read\n<arg_key>path</arg_key>\n<arg_value>a b</arg_value>\n<arg_key>count</arg_key>\n<arg_value>3</arg_value>\n</tool_call>',
      [{ Read: { path: 'a b', count: 3 } }],
    ],
    ['GLM without arguments', '<tool_call>Read</tool_call>', [EMPTY]],
    [
      'Qwen-coder',
      '<tool_call>\n<function=Read>\n<parameter=path>\na\nb\n</parameter>\n<parameter=count>\n3\n</parameter>\n</function>\n</tool_call>',
      [{ Read: { path: 'a\nb', count: 3 } }],
    ],
    [
      'Qwen-coder without the outer tag',
      '<function=Read>\n<parameter=path>a</parameter>\n</function>',
      [{ Read: { path: 'a' } }],
    ],
    ['Qwen-coder with half the outer tag', '<function=Read>\n</function>\n</tool_call>', [EMPTY]],
    [
      'Mistral',
      '[TOOL_CALLS] [{"name":"Read","arguments":{"a":1}},{"name":"Read","arguments":{"b":"]"}}]',
      [A, { Read: { b: ']' } }],
    ],
    ['Mistral with one call', '[TOOL_CALLS]{"name":"Read","arguments":{"a":1}}', [A]],
    ['Mistral by name', '[TOOL_CALLS]Read[ARGS]{"a":1}[TOOL_CALLS]mcp__a-b__c[CALL_ID]x9[ARGS]{}', [A, OTHER]],
    ['Mistral by name alone', '[TOOL_CALLS]Read{"a":1}', [A]],
    ['Llama', '<|python_tag|>{"name":"Read","parameters":{"a":1}}<|eom_id|>', [A]],
    [
      'Llama, twice',
      '<|python_tag|>{"name":"Read","parameters":{"a":1}}; {"name":"Read","parameters":{}}<|eot_id|>',
      [A, EMPTY],
    ],
    ['Llama with a tag', '<function=Read>{"a": 1}</function>', [A]],
    [
      'DeepSeek',
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>Read<｜tool▁sep｜>{"a":1}<｜tool▁call▁end｜><｜tool▁call▁begin｜>Read<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
      [A, EMPTY],
    ],
    [
      'DeepSeek V3',
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>Read\n```json\n{"a":1}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
      [A],
    ],
    ['DeepSeek 3.2', invoke('｜DSML｜function_calls', '｜DSML｜', ' string="true"'), INVOKED],
    [
      'Kimi',
      '<|tool_calls_section_begin|><|tool_call_begin|>functions.Read:0<|tool_call_argument_begin|>{"a":1}<|tool_call_end|><|tool_call_begin|>functions.mcp__a-b__c:1<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>',
      [A, OTHER],
    ],
    [
      'Kimi without the section',
      '<|tool_call_begin|>functions.Read:0<|tool_call_argument_begin|>{"a":1}<|tool_call_end|>',
      [A],
    ],
    ['MiniMax', invoke('minimax:tool_call', ''), INVOKED],
    ['Claude', invoke('function_calls', ''), INVOKED],
    ['Claude with a prefix', invoke(`${PREFIX}function_calls`, PREFIX), INVOKED],
    ['gpt-oss', '<|channel|>commentary to=functions.Read <|constrain|>json<|message|>{"a":1}<|call|>', [A]],
    ['gpt-oss without its last token', '<|channel|>commentary to=functions.Read json<|message|>{"a":1}', [A]],
    [
      'gpt-oss with the recipient first',
      '<|start|>assistant to=functions.Read<|channel|>commentary<|message|>{"a":1}',
      [A],
    ],
    [
      'gpt-oss after its reasoning',
      '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=Read<|message|>{"a":1}<|call|>',
      ['<|channel|>analysis<|message|>Hm.<|end|>', A],
    ],
  ];
  for (const [who, answer, calls] of printed) {
    it(`understands ${who}`, () => {
      expect(read([answer]), 'whole').to.deep.equal(calls);
      expect(read(answer.split('')), 'in single characters').to.deep.equal(calls);
      expect(read(['Look. ', answer, '\nDone.']), 'inside of text').to.deep.equal([
        ...(typeof calls[0] === 'string' ? [`Look. ${calls[0]}`, ...calls.slice(1)] : ['Look. ', ...calls]),
        '\nDone.',
      ]);
    });
  }

  const values: readonly [what: string, text: string, value: unknown][] = [
    ['a number where the schema wants one', '<parameter=count>3</parameter>', { count: 3 }],
    ['text where the schema wants text', '<parameter=path>3</parameter>', { path: '3' }],
    ['text where the schema has texts to choose from', '<parameter=kind>1</parameter>', { kind: '1' }],
    ['JSON where nothing is known', '<parameter=x>{"b":[true,null]}</parameter>', { x: { b: [true, null] } }],
    ['text that is no JSON', '<parameter=x>{b}</parameter>', { x: '{b}' }],
    ['null', '<parameter=x>null</parameter>', { x: null }],
    ['digits that are no number', '<parameter=x>12345678901234567890</parameter>', { x: '12345678901234567890' }],
    ['numbers beyond all numbers', '<parameter=x>1e999</parameter>', { x: '1e999' }],
    ['nothing', '<parameter=x></parameter>', { x: '' }],
    ['a name with a meaning', '<parameter=__proto__>1</parameter>', JSON.parse('{"__proto__":1}')],
  ];
  for (const [what, text, value] of values) {
    it(`reads a parameter as ${what}`, () => {
      expect(read([`<function=Read>${text}</function>`])).to.deep.equal([{ Read: value }]);
    });
  }
});
