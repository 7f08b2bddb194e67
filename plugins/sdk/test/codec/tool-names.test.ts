import { expect } from 'chai';
import fc from 'fast-check';
import { toolNames } from '@claudex/sdk/codec';
import { assistant, call, requestOf, tool } from '@claudex/sdk/testing';

const LONG = `mcp__${'x'.repeat(70)}`;

describe('mapping tool names', () => {
  it('leaves legal names alone', () => {
    const names = toolNames(requestOf({ tools: [tool('Read'), tool('mcp__a-b__c')] }));
    expect(names.toWire('mcp__a-b__c')).to.equal('mcp__a-b__c');
    expect(names.toClient('Read')).to.equal('Read');
  });

  it('knows which names another one begins with', () => {
    const names = toolNames(requestOf({ tools: [tool('Edit'), tool('EditMany'), tool('Read')] }));
    const growing = ['Edit', 'EditMany', 'Read', 'Re', 'Write'].filter((name) => names.mayGrow(name));
    expect(growing).to.deep.equal(['Edit', 'Re']);
  });

  it('cuts a name that is too long and ends it with eight hexadecimal digits', () => {
    const names = toolNames(requestOf({ tools: [tool('a'.repeat(70)), tool('b'.repeat(64))] }));
    expect(names.toWire('a'.repeat(70))).to.match(/^a{55}_[0-9a-f]{8}$/);
    expect(names.toWire('b'.repeat(64))).to.equal('b'.repeat(64));
    const short = toolNames(requestOf({ tools: [tool('a'.repeat(70))] }), 20);
    expect(short.toWire('a'.repeat(70))).to.match(/^a{11}_[0-9a-f]{8}$/);
  });

  it('lets every name begin with a letter', () => {
    const names = toolNames(requestOf({ tools: [tool('3d_view'), tool('-x'), tool('_y')] }));
    expect(names.toWire('3d_view')).to.match(/^tool_3d_view_[0-9a-f]{8}$/);
    expect(names.toWire('-x')).to.match(/^tool_-x_[0-9a-f]{8}$/);
    expect(names.toClient(names.toWire('_y'))).to.equal('_y');
  });

  it('keeps long names with a common beginning apart', () => {
    const names = toolNames(requestOf({ tools: [tool(`${LONG}a`), tool(`${LONG}b`)] }));
    const wire = [names.toWire(`${LONG}a`), names.toWire(`${LONG}b`)];
    expect(wire[0]).not.to.equal(wire[1]);
    expect(wire.map((name) => name.length)).to.deep.equal([64, 64]);
    expect(wire.map((name) => names.toClient(name))).to.deep.equal([`${LONG}a`, `${LONG}b`]);
  });

  it('maps a name the same way whatever else is offered', () => {
    const alone = toolNames(requestOf({ tools: [tool('a.b')] }));
    const among = toolNames(requestOf({ tools: [tool('z'), tool('a.b'), tool('y.y')] }));
    expect(alone.toWire('a.b')).to.equal(among.toWire('a.b'));
  });

  it('steps aside for a legal name that looks like a mapped one', () => {
    const taken = toolNames(requestOf({ tools: [tool('a.b')] })).toWire('a.b');
    const names = toolNames(requestOf({ tools: [tool('a.b'), tool(taken)] }));
    expect(names.toWire('a.b')).not.to.equal(taken);
    expect(names.toClient(taken)).to.equal(taken);
  });

  it('covers names that only the history and the choice know', () => {
    const request = requestOf({
      messages: [assistant(call('1', 'old.tool'))],
      tool_choice: { type: 'tool', name: 'forced.tool' },
    });
    const names = toolNames(request);
    for (const name of ['old.tool', 'forced.tool']) expect(names.toClient(names.toWire(name))).to.equal(name);
  });

  it('gives every set of names legal, different names that lead back', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 90 }), { maxLength: 12 }),
        fc.integer({ min: 16, max: 64 }),
        (all, max) => {
          const names = toolNames(requestOf({ tools: all.map((name) => tool(name)) }), max);
          const wire = all.map((name) => names.toWire(name));
          expect(new Set(wire).size).to.equal(all.length);
          for (const name of wire)
            expect(name)
              .to.match(/^[a-zA-Z0-9_-]+$/)
              .and.to.have.property('length')
              .that.is.at.most(max);
          expect(wire.map((name) => names.toClient(name))).to.deep.equal(all);
        },
      ),
    );
  });
});
