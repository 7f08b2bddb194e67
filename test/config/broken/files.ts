import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokenCase } from './broken-case.ts';

const MEGABYTES = 10;
const programs = ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'];

/** What is no configuration file at all. */
export const FILES: readonly BrokenCase[] = [
  {
    title: 'UTF-16',
    file: 'a.toml',
    content: Buffer.from('\u{feff}proxy_port = 1\n', 'utf16le'),
    says: ['is not UTF-8 text'],
    real: true,
  },
  {
    title: 'Latin-1',
    file: 'a.yaml',
    content: Buffer.from('claude_binary: caf\xe9\n', 'latin1'),
    says: ['is not UTF-8 text'],
  },
  {
    title: 'bytes of no text',
    file: 'a.toml',
    content: new Uint8Array([0xff, 0xfe, 0x00, 0x80]),
    says: ['is not UTF-8 text'],
  },
  { title: 'zeros', file: 'a.toml', content: new Uint8Array(16), says: [':1:', 'is not valid TOML'] },
  {
    title: 'Windows line ends, counted right',
    file: 'a.toml',
    content: 'log_level = "warn"\r\nnonsense = 1\r\n',
    says: [':2:1: nonsense: unknown key'],
    real: true,
  },
  {
    title: 'a byte order mark, not counted',
    file: 'a.yaml',
    content: '\u{feff}nonsense: 1\n',
    says: [':1:1: nonsense: unknown key'],
  },
  {
    title: '10 MB',
    file: 'a.toml',
    content: '#'.repeat(MEGABYTES * 1024 * 1024),
    says: ['larger than 1 MiB'],
    real: true,
  },
  {
    title: 'nothing where the file should be',
    file: 'a.toml',
    content: ({ root }) => join(root, 'missing.toml'),
    says: ['missing.toml, which does not exist'],
    real: true,
  },
  { title: 'a folder', file: 'a.toml', content: folder, says: ['is a folder, not a file'], real: true },
  { title: 'a pipe', file: 'a.toml', content: pipe, says: ['is not a regular file'], unixOnly: true, real: true },
  { title: 'a link to nothing', file: 'a.toml', content: link('nowhere'), says: ['does not exist'], unixOnly: true },
  { title: 'a link to itself', file: 'a.toml', content: link('a.toml'), says: ['a.toml'], unixOnly: true, real: true },
  {
    title: 'a link to a broken file, named by the link',
    file: 'a.toml',
    content: brokenBehindLink,
    says: ['a.toml:1:1: nonsense'],
    unixOnly: true,
  },
  ...programs.map((extension): BrokenCase => {
    return {
      title: `a program with the ending ${extension}`,
      file: `a.${extension}`,
      content: 'process.exit(77)',
      says: ['never runs configuration'],
    };
  }),
];

function folder({ root }: { root: string }): string {
  const place = join(root, 'folder.toml');
  mkdirSync(place);
  return place;
}

function pipe({ root }: { root: string }): string {
  const place = join(root, 'pipe.toml');
  execFileSync('mkfifo', [place]);
  return place;
}

function link(target: string): (workspace: { root: string }) => string {
  return ({ root }) => {
    const place = join(root, 'a.toml');
    symlinkSync(join(root, target), place);
    return place;
  };
}

function brokenBehindLink(workspace: { root: string; write: (path: string, content: string) => string }): string {
  const place = join(workspace.root, 'a.toml');
  symlinkSync(workspace.write('elsewhere.toml', 'nonsense = 1\n'), place);
  return place;
}
