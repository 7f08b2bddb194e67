import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import fc from 'fast-check';
import { isSealedState, openState, sealState, stateKey, type StateKey } from '@claudex/sdk/codec';
import { contextOf } from '@claudex/sdk/testing';

const KEY: StateKey = { protocol: 'openai-responses', origin: 'openai', model: 'gpt-x' };
const STATE: JsonObject = { id: 'rs_1', encrypted: 'gAAA==', list: [1, null, { deep: true }] };

describe('provider state in a signature', () => {
  it('comes back as it was', () => {
    const states: JsonObject[] = [
      STATE,
      {},
      { text: 'a\u0000 "\\ ñ 漢字 🜚 \u2028' },
      JSON.parse('{"__proto__":1}') as JsonObject,
    ];
    for (const state of states) expect(openState(KEY, sealState(KEY, state))).to.deep.equal({ state });
  });

  it('may be large', () => {
    const state = { blob: '🜚x'.repeat(70_000) };
    const sealed = sealState(KEY, state);
    expect(sealed.length).to.be.greaterThan(200_000);
    expect(openState(KEY, sealed)).to.deep.equal({ state });
  });

  it('is the same text for the same state, made of characters every client takes', () => {
    expect(sealState(KEY, STATE)).to.equal(sealState({ ...KEY }, { ...STATE }));
    expect(sealState(KEY, STATE)).to.match(/^claudex\.openai-responses\.2\.[\w-]+\.[0-9a-z]{8}$/);
  });

  it('comes back whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.string(), (state, origin, model) => {
        const plain = JSON.parse(JSON.stringify(state)) as JsonObject;
        expect(openState({ ...KEY, origin, model }, sealState({ ...KEY, origin, model }, plain))).to.deep.equal({
          state: plain,
        });
      }),
    );
  });

  it('is not given to another protocol, provider or model', () => {
    const sealed = sealState(KEY, STATE);
    for (const other of [{ protocol: 'openai-chat' }, { origin: 'azure' }, { model: 'gpt-y' }]) {
      expect(openState({ ...KEY, ...other }, sealed), JSON.stringify(other)).to.deep.equal({ refusal: 'elsewhere' });
    }
    expect(openState(undefined, sealed)).to.deep.equal({ refusal: 'elsewhere' });
  });

  it('is not taken from a version that is not known', () => {
    const [, protocol, , payload, checksum] = sealState(KEY, STATE).split('.');
    expect(openState(KEY, ['claudex', protocol, '3', payload, checksum].join('.'))).to.deep.equal({
      refusal: 'elsewhere',
    });
  });

  it('is told apart from what others sign', () => {
    expect(openState(KEY, 'EqQBCkYIBxgCKkDw')).to.deep.equal({ refusal: 'foreign' });
    expect(isSealedState('EqQBCkYIBxgCKkDw')).to.equal(false);
    expect(isSealedState(sealState(KEY, STATE))).to.equal(true);
    for (const nothing of [undefined, '']) expect(openState(KEY, nothing)).to.deep.equal({ refusal: 'unsigned' });
  });

  it('is never read wrongly, whichever character is damaged', () => {
    const sealed = sealState(KEY, STATE);
    for (let place = 0; place < sealed.length; place += 1) {
      for (const character of ['A', 'B', '.', '~']) {
        if (sealed[place] === character) continue;
        const damaged = sealed.slice(0, place) + character + sealed.slice(place + 1);
        expect(openState(KEY, damaged), damaged)
          .to.have.property('refusal')
          .that.is.oneOf(['foreign', 'elsewhere', 'damaged']);
      }
    }
  });

  it('is damaged when it was cut or has more than belongs to it', () => {
    const sealed = sealState(KEY, STATE);
    expect(openState(KEY, `${sealed}.x`)).to.deep.equal({ refusal: 'damaged' });
    for (let length = 'claudex.'.length; length < sealed.length; length += 1) {
      expect(openState(KEY, sealed.slice(0, length)), String(length)).to.deep.equal({ refusal: 'damaged' });
    }
  });

  it('never throws on texts nobody sealed', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ unit: fc.constantFrom('.', 'claudex', '1', 'a', '-', '_', '=', '漢') }),
        (one, other) => {
          for (const text of [one, other, `claudex.${one}`, `claudex.openai-responses.2.${other}`]) {
            expect(openState(KEY, text)).to.have.property('refusal');
          }
        },
      ),
    );
  });

  it('is kept only where its provider is known', () => {
    const context = contextOf();
    expect(stateKey('openai-chat', context)).to.equal(undefined);
    expect(stateKey('openai-chat', { ...context, origin: 'deepseek' })).to.deep.equal({
      protocol: 'openai-chat',
      origin: 'deepseek',
      model: 'upstream-model',
    });
  });
});
