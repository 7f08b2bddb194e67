import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '@claudex/sdk';
import { TextFrame } from '../../src/answer/text-frame.ts';

function chunk(delta: JsonObject, more: JsonObject = {}): string {
  return JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: null }], ...more });
}

function learned(data: string, name?: string): TextFrame {
  const frame = new TextFrame();
  frame.learn(data, name, JSON.parse(data) as JsonObject);
  return frame;
}

describe('recognising a chunk that differs from the last in its text only', () => {
  it('finds text and reasoning, with a padding on either side', () => {
    expect(learned(chunk({ content: 'ab' })).read(chunk({ content: 'xyz' }), undefined)).to.deep.equal({
      content: 'xyz',
    });
    for (const field of ['reasoning_content', 'reasoning']) {
      const frame = learned(chunk({ [field]: 'a', content: null }, { obfuscation: 'p' }));
      expect(frame.read(chunk({ [field]: 'é你', content: null }, { obfuscation: 'padded' }), undefined)).to.deep.equal({
        [field]: 'é你',
      });
    }
    const before = `{"obfuscation":"pp","choices":[{"index":0,"delta":{"content":"a"}}]}`;
    expect(learned(before).read(before.replace('pp', '').replace('"a"', '""'), undefined)).to.deep.equal({
      content: '',
    });
  });

  it('leaves everything else to the parser', () => {
    const frame = learned(chunk({ content: 'ab' }));
    const others = [
      chunk({ content: 'a"b' }),
      chunk({ content: 'a\\b' }),
      chunk({ content: 'a\nb' }),
      chunk({ content: 'longer than twelve' }),
      chunk({ content: 'a' }, { usage: null }),
      chunk({ reasoning_content: 'a' }),
      chunk({ content: 'a' }).replace('null', '"stop"'),
      `${chunk({ content: 'a' })} `,
      '[DONE]',
      '',
    ];
    for (const data of others) expect(frame.read(data, undefined), data).to.equal(undefined);
    expect(frame.read(chunk({ content: 'a' }), 'error')).to.equal(undefined);
  });

  it('learns nothing from a chunk that says more', () => {
    const rich = [
      chunk({ content: 'a', reasoning: 'b' }),
      chunk({ content: 'a', tool_calls: [] }),
      chunk({ content: 'a' }, { usage: { prompt_tokens: 1 } }),
      chunk({ content: 'a' }, { error: 'x' }),
      chunk({ content: '\\' }),
      chunk({ content: 'a' }, { note: 'content' }),
      '{"choices":[]}',
    ];
    for (const data of rich) expect(learned(data).read(data, undefined), data).to.equal(undefined);
  });

  it('gives what parsing would have given, whatever comes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 14 });
    fc.assert(
      fc.property(text, text, text, (one, other, padding) => {
        const frame = learned(chunk({ content: one }, { obfuscation: padding }));
        const data = chunk({ content: other }, { obfuscation: one });
        const read = frame.read(data, undefined);
        if (read === undefined) return;
        const parsed = JSON.parse(data) as { choices: [{ delta: { content: string } }] };
        expect(read).to.deep.equal({ content: parsed.choices[0].delta.content });
      }),
      { numRuns: 2000 },
    );
  });

  it('gives up on a server whose chunks are never alike', () => {
    const frame = new TextFrame();
    for (let n = 0; n < 20; n += 1) {
      const data = chunk({ content: 'a' }, { created: n });
      expect(frame.read(data, undefined)).to.equal(undefined);
      frame.learn(data, undefined, JSON.parse(data) as JsonObject);
    }
    expect(frame.read(chunk({ content: 'b' }, { created: 19 }), undefined)).to.equal(undefined);
  });
});
