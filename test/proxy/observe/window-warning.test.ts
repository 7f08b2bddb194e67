import { expect } from 'chai';
import type { Answering } from '../../../src/proxy/exchange.ts';
import { windowWarning } from '../../../src/proxy/observe/window-warning.ts';
import type { ProxyState } from '../../../src/proxy/proxy-state.ts';

/** An answer to a prompt that was longer than the window, of a profile that was bound just for it. */
function answering(name: string, model: string): Answering {
  return {
    bound: { profile: { name }, provider: {} },
    resolved: { model },
    context: { facts: { id: model, contextWindow: 1_000 } },
    record: { usage: { input_tokens: 2_000, output_tokens: 1 } },
  } as unknown as Answering;
}

describe('the warning about a window', () => {
  it('is given once for each model of a profile, also where the profile is bound anew', () => {
    const state = {} as ProxyState;
    expect(windowWarning(state, answering('a', 'm')))
      .to.include('2000')
      .and.include('1000');
    expect(windowWarning(state, answering('a', 'm'))).to.equal(undefined);
    expect(windowWarning(state, answering('a', 'other'))).to.be.a('string');
    expect(windowWarning(state, answering('b', 'm'))).to.be.a('string');
    expect(windowWarning({} as ProxyState, answering('a', 'm')), 'another proxy').to.be.a('string');
  });
});
