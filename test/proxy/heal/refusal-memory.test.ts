import { expect } from 'chai';
import { RefusalMemory } from '../../../src/proxy/heal/refusal-memory.ts';
import { addRefusal, NOTHING_REFUSED, type Refused } from '../../../src/proxy/heal/refused.ts';
import type { BoundProfile } from '../../../src/router/index.ts';

const bound = (baseUrl: string): BoundProfile =>
  ({ profile: { name: 'p' }, provider: { id: 'v' }, protocol: { id: 'c' }, baseUrl }) as unknown as BoundProfile;
const HERE = bound('http://here');
const refused = (field: string): Refused => ({ ...NOTHING_REFUSED, fields: [field], state: true });
const old = (...names: string[]): Refused => ({ ...NOTHING_REFUSED, state: true, oldState: new Set(names) });

describe('what is remembered of refusals', () => {
  it('is fields and tools, per model and upstream', () => {
    const memory = new RefusalMemory();
    memory.remember(HERE, 'm', refused('top_p'));
    expect(memory.of(HERE, 'm')).to.deep.equal({ ...NOTHING_REFUSED, fields: ['top_p'] });
    expect(memory.of(HERE, 'other')).to.equal(NOTHING_REFUSED);
    expect(memory.of(bound('http://there'), 'm')).to.equal(NOTHING_REFUSED);
  });

  it('is the very state that was refused, not that there was some', () => {
    const memory = new RefusalMemory();
    memory.remember(HERE, 'm', { ...NOTHING_REFUSED, state: true });
    expect(memory.of(HERE, 'm')).to.equal(NOTHING_REFUSED);
    memory.remember(HERE, 'm', old('a', 'b'));
    expect(memory.of(HERE, 'm')).to.deep.equal({ ...NOTHING_REFUSED, oldState: new Set(['a', 'b']) });
  });

  it('is what any request has learnt, and the lowest limit', () => {
    const memory = new RefusalMemory();
    memory.remember(HERE, 'm', { ...NOTHING_REFUSED, outputLimit: 8192 });
    memory.remember(HERE, 'm', { ...refused('top_p'), tools: ['Read'], outputLimit: 16_384 });
    memory.remember(HERE, 'm', { ...refused('stop'), oldState: new Set(['a']) });
    expect(memory.of(HERE, 'm')).to.deep.equal({
      fields: ['top_p', 'stop'],
      tools: ['Read'],
      outputLimit: 8192,
      state: false,
      oldState: new Set(['a']),
    });
  });

  it('has an end: the oldest is forgotten first', () => {
    const memory = new RefusalMemory();
    for (let n = 0; n < 300; n += 1) memory.remember(HERE, `m${n}`, refused('top_p'));
    expect(memory.of(HERE, 'm0')).to.equal(NOTHING_REFUSED);
    expect(memory.of(HERE, 'm299').fields).to.deep.equal(['top_p']);
    const fields = Array.from({ length: 100 }, (_, n) => `f${n}`);
    memory.remember(HERE, 'm', { ...NOTHING_REFUSED, fields, tools: fields });
    expect(memory.of(HERE, 'm').fields).to.have.length(32);
    for (let n = 0; n < 10; n += 1)
      memory.remember(HERE, 'm', old(...fields.flatMap((f) => [0, 1, 2, 3].map((i) => `${n}${f}${i}`))));
    const { oldState } = memory.of(HERE, 'm');
    expect(oldState.size).to.equal(2048);
    expect([...oldState].at(-1)).to.equal('9f993');
  });
});

describe('adding a refusal', () => {
  it('adds what is new', () => {
    const tool = addRefusal(NOTHING_REFUSED, { part: 'tool', name: 'model' });
    expect(tool).to.deep.equal({ ...NOTHING_REFUSED, tools: ['model'] });
    expect(addRefusal(NOTHING_REFUSED, { part: 'state' })).to.include({ state: true });
  });

  it('adds a limit only where it is lower', () => {
    const limited = addRefusal(NOTHING_REFUSED, { part: 'output-limit', maximum: 8192 });
    expect(limited).to.deep.equal({ ...NOTHING_REFUSED, outputLimit: 8192 });
    expect(limited && addRefusal(limited, { part: 'output-limit', maximum: 4096 })).to.include({ outputLimit: 4096 });
    expect(limited && addRefusal(limited, { part: 'output-limit', maximum: 8192 })).to.equal(undefined);
  });

  it('gives nothing for a part that this version does not know', () => {
    expect(addRefusal(NOTHING_REFUSED, { part: 'weather' } as never)).to.equal(undefined);
  });

  it('gives nothing for what is known, or what a request cannot do without', () => {
    expect(addRefusal(refused('top_p'), { part: 'field', name: 'top_p' })).to.equal(undefined);
    expect(addRefusal(refused('top_p'), { part: 'state' })).to.equal(undefined);
    for (const name of ['model', 'messages', 'input', 'instructions', 'system', 'stream', 'tools'])
      expect(addRefusal(NOTHING_REFUSED, { part: 'field', name }), name).to.equal(undefined);
  });
});
