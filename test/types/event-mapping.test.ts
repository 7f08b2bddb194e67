import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESPONSES_EVENTS, RESPONSES_ITEMS, RESPONSES_PARTS, THOUGHT_SIGNATURES } from './event-mapping.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/decisions/0005-event-mapping.md'), 'utf8');

const TABLES = {
  'Events of Responses': RESPONSES_EVENTS,
  'Output items of Responses': RESPONSES_ITEMS,
  'Parts, outputs and annotations of Responses': RESPONSES_PARTS,
  'Thought signatures of Gemini': THOUGHT_SIGNATURES,
};

/** The first two columns of the table below a heading: wire type and carriers, in the order of the page. */
function tableBelow(heading: string): [wireType: string, carriers: string[]][] {
  const section = PAGE.split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [, wireType = '', carriers = ''] = row.split('|');
    return [wireType.replaceAll('`', '').trim(), Array.from(carriers.matchAll(/`([^`]+)`/g), ([, name = '']) => name)];
  });
}

describe('the table of wire events', () => {
  for (const [heading, mapping] of Object.entries(TABLES)) {
    it(`says about "${heading}" exactly what the types compile`, () => {
      const rows = tableBelow(heading);
      expect(rows).to.have.lengthOf(Object.keys(mapping).length);
      expect(Object.fromEntries(rows)).to.deep.equal(mapping);
    });
  }

  it('names what is lost wherever something is lost', () => {
    const losses = PAGE.split('\n').filter((line) => line.startsWith('| `') && line.includes('`loss`'));
    expect(losses).to.have.lengthOf(3);
    for (const line of losses) expect(line).to.match(/Loss `[a-z_]+`/);
  });
});
