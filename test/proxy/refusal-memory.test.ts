import { expect } from 'chai';
import { RefusalMemory } from '../../src/proxy/refusal-memory.ts';
import { addRefusal, NOTHING_REFUSED } from '../../src/proxy/refused.ts';
import type { BoundProfile } from '../../src/router/index.ts';

const bound = (baseUrl: string): BoundProfile =>
  ({ profile: { name: 'p' }, provider: { id: 'v' }, protocol: { id: 'c' }, baseUrl }) as unknown as BoundProfile;
const HERE = bound('http://here');
const refused = (field: string) => ({ fields: [field], tools: [], state: true });

describe('what is remembered of refusals', () => {
  it('is fields and tools, per model and upstream, and no state', () => {
    const memory = new RefusalMemory();
    memory.remember(HERE, 'm', refused('top_p'));
    expect(memory.of(HERE, 'm')).to.deep.equal({ fields: ['top_p'], tools: [], state: false });
    expect(memory.of(HERE, 'other')).to.equal(NOTHING_REFUSED);
    expect(memory.of(bound('http://there'), 'm')).to.equal(NOTHING_REFUSED);
  });

  it('is nothing where nothing but state was refused', () => {
    const memory = new RefusalMemory();
    memory.remember(HERE, 'm', { fields: [], tools: [], state: true });
    expect(memory.of(HERE, 'm')).to.equal(NOTHING_REFUSED);
  });

  it('has an end: the oldest is forgotten first', () => {
    const memory = new RefusalMemory();
    for (let n = 0; n < 300; n += 1) memory.remember(HERE, `m${n}`, refused('top_p'));
    expect(memory.of(HERE, 'm0')).to.equal(NOTHING_REFUSED);
    expect(memory.of(HERE, 'm299').fields).to.deep.equal(['top_p']);
    const fields = Array.from({ length: 100 }, (_, n) => `f${n}`);
    memory.remember(HERE, 'm', { fields, tools: fields, state: false });
    expect(memory.of(HERE, 'm').fields).to.have.length(32);
  });
});

describe('adding a refusal', () => {
  it('adds what is new', () => {
    const tool = addRefusal(NOTHING_REFUSED, { part: 'tool', name: 'model' });
    expect(tool).to.deep.equal({ fields: [], tools: ['model'], state: false });
    expect(addRefusal(NOTHING_REFUSED, { part: 'state' })).to.include({ state: true });
  });

  it('gives nothing for what is known, or what a request cannot do without', () => {
    expect(addRefusal(refused('top_p'), { part: 'field', name: 'top_p' })).to.equal(undefined);
    expect(addRefusal(refused('top_p'), { part: 'state' })).to.equal(undefined);
    for (const name of ['model', 'messages', 'input', 'instructions', 'system', 'stream', 'tools'])
      expect(addRefusal(NOTHING_REFUSED, { part: 'field', name }), name).to.equal(undefined);
  });
});
