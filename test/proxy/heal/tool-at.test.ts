import { expect } from 'chai';
import { toolAt } from '../../../src/proxy/heal/tool-at.ts';

const at = (index: number, tools: unknown): string | undefined => toolAt(JSON.stringify({ tools }), index);

describe('a tool that the provider only counted', () => {
  it('is found in the list as each protocol writes it', () => {
    expect(
      at(1, [
        { type: 'function', function: { name: 'a' } },
        { type: 'function', function: { name: 'b' } },
      ]),
    ).to.equal('b');
    expect(at(1, [{ type: 'web_search' }, { type: 'function', name: 'b' }])).to.equal('b');
    expect(at(1, [{ functionDeclarations: [{ name: 'a' }, { name: 'b' }] }, { googleSearch: {} }])).to.equal('b');
  });

  it('is nobody where the list has no such place', () => {
    expect(at(2, [{ functionDeclarations: [{ name: 'a' }] }, { googleSearch: {} }])).to.equal(undefined);
    expect(at(0, [null])).to.equal(undefined);
    expect(at(0, undefined)).to.equal(undefined);
    expect(toolAt(undefined, 0)).to.equal(undefined);
  });
});
