import { SECRET, type BrokenCase } from './broken-case.ts';

const deep = (count: number): string => '['.repeat(count);

/** Files that do not follow the grammar of their format. */
export const SYNTAX: readonly BrokenCase[] = [
  {
    title: 'TOML without "="',
    file: 'a.toml',
    content: 'proxy_port 1\n',
    says: [':1:', 'is not valid TOML'],
    real: true,
  },
  {
    title: 'TOML with an open quote behind a key',
    file: 'a.toml',
    content: `proxy_port = 1\nproxy_token = "${SECRET}\n`,
    says: [':2:', 'is not valid TOML'],
    never: [SECRET],
    real: true,
  },
  {
    title: 'TOML with a word for a value',
    file: 'a.toml',
    content: 'proxy_port = many\n',
    says: [':1:', 'is not valid TOML'],
  },
  {
    title: 'TOML with a key twice',
    file: 'a.toml',
    content: 'proxy_port = 1\nproxy_port = 2\n',
    says: [':2:', 'is not valid TOML'],
    real: true,
  },
  {
    title: 'TOML with a table twice',
    file: 'a.toml',
    content: '[retry]\n[timeouts]\n[retry]\n',
    says: [':3:', 'is not valid TOML'],
  },
  {
    title: 'TOML with a list of tables that was a table',
    file: 'a.toml',
    content: '[profiles]\n[[profiles]]\n',
    says: [':2:', 'is not valid TOML'],
  },
  { title: 'TOML with an open header', file: 'a.toml', content: '[retry\nbudget = 1\n', says: ['is not valid TOML'] },
  {
    title: 'TOML with an open list',
    file: 'a.toml',
    content: '[context.rag]\nindex_paths = ["a"\n',
    says: ['is not valid TOML'],
  },
  {
    title: 'TOML with an unknown escape sequence',
    file: 'a.toml',
    content: 'claude_binary = "C:\\claude"\n',
    says: [':1:', 'is not valid TOML'],
  },
  { title: 'TOML nested without end', file: 'a.toml', content: `x = ${deep(100_000)}`, says: ['is not valid TOML'] },
  {
    title: 'YAML in a TOML file',
    file: 'a.toml',
    content: 'proxy_port: 1\n',
    says: [':1:', 'is not valid TOML'],
    real: true,
  },
  { title: 'TOML in a YAML file', file: 'a.yaml', content: 'proxy_port = 1\n[retry]\n', says: ['a.yaml'] },
  {
    title: 'YAML with an open quote behind a key',
    file: 'a.yaml',
    content: `proxy_token: "${SECRET}\n`,
    says: ['is not valid YAML'],
    never: [SECRET],
    real: true,
  },
  {
    title: 'YAML with a tab for indentation',
    file: 'a.yaml',
    content: 'retry:\n\tbudget: 1\n',
    says: [':2:', 'tabs cannot be used'],
    real: true,
  },
  {
    title: 'YAML with wrong indentation',
    file: 'a.yaml',
    content: 'retry:\n  budget: 1\n max_wait_s: 1\n',
    says: [':3:', 'is not valid YAML'],
  },
  {
    title: 'YAML with a key twice',
    file: 'a.yaml',
    content: 'proxy_port: 1\nproxy_port: 2\n',
    says: [':2:1:', 'a second time the same key'],
  },
  {
    title: 'YAML with a key twice in a profile',
    file: 'a.yaml',
    content: 'profiles:\n  - name: a\n    name: b\n',
    says: [':3:5:', 'a second time the same key'],
  },
  {
    title: 'YAML of two documents',
    file: 'a.yaml',
    content: 'proxy_port: 1\n---\nproxy_port: 2\n',
    says: ['more than one document'],
  },
  {
    title: 'YAML with an alias of nothing',
    file: 'a.yaml',
    content: `proxy_token: *${SECRET}\n`,
    says: [':1:14:', 'an alias without an anchor'],
    never: [SECRET],
  },
  { title: 'YAML with an alias of itself', file: 'a.yaml', content: 'profiles: &a [*a]\n', says: ['a.yaml'] },
  {
    title: 'YAML that explodes when its aliases are followed',
    file: 'a.yaml',
    content: ['a: &a [x, x, x, x, x, x, x, x, x]', ...['ab', 'bc', 'cd', 'de', 'ef'].map(bomb)].join('\n'),
    says: ['its aliases stand for too much'],
    real: true,
  },
  { title: 'YAML nested without end', file: 'a.yaml', content: `x: ${deep(100_000)}`, says: ['is not valid YAML'] },
  {
    title: 'YAML with a tag that makes objects',
    file: 'a.yaml',
    content: 'proxy_port: !!js/function "x"\n',
    says: ['a.yaml'],
  },
  {
    title: 'YAML that is a list',
    file: 'a.yaml',
    content: '- proxy_port: 1\n',
    says: ['must hold keys and values at its top'],
  },
  {
    title: 'YAML that is a single word',
    file: 'a.yml',
    content: 'hello\n',
    says: ['must hold keys and values at its top'],
  },
  {
    title: 'JSON with an open brace',
    file: 'a.json',
    content: '{"proxy_port": 1\n',
    says: ['is not valid JSON'],
    real: true,
  },
  {
    title: 'JSON with a key twice',
    file: 'a.json',
    content: '{"proxy_port": 1, "proxy_port": 2}',
    says: [':1:19:', 'a second time the same key'],
  },
  { title: 'JSON that is a list', file: 'a.json', content: '[]', says: ['must hold keys and values at its top'] },
  {
    title: 'JSON with an open quote behind a key',
    file: 'a.json',
    content: `{"proxy_token": "${SECRET}`,
    says: ['is not valid JSON'],
    never: [SECRET],
  },
];

function bomb(names: string): string {
  return `${names[1]}: &${names[1]} [${Array(9).fill(`*${names[0]}`).join(', ')}]`;
}
