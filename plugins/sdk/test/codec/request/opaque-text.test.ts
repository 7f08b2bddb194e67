import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import { LossLog, NOTES, opaqueText } from '@claudex/sdk/codec';

function tell(value: JsonObject, protocol = 'anthropic-messages') {
  const losses = new LossLog();
  const text = opaqueText({ type: 'opaque', protocol, value }, 'here', losses);
  return { text, losses: losses.entries.map(({ kind, feature }) => `${kind} ${feature}`) };
}

describe('telling what only another protocol knows', () => {
  const found = {
    type: 'search_result',
    title: 'Cats',
    source: 'https://example.org/cats',
    content: [
      { type: 'text', text: 'They purr.' },
      { type: 'text', text: 'They sleep.' },
    ],
    citations: { enabled: true },
  };

  it('gives a search result in full: title, source and content', () => {
    expect(tell(found)).to.deep.equal({
      text: '[The following is a search result "Cats" from https://example.org/cats.]\nThey purr.\nThey sleep.',
      losses: ['degraded search_result'],
    });
  });

  it('takes a search result of any shape', () => {
    const heading = '[The following is a search result.]';
    for (const content of [null, 7, '', [], [null, 'x', {}, { text: 7 }, { text: '' }]])
      expect(tell({ type: 'search_result', content }).text).to.equal(heading);
    expect(tell({ type: 'search_result', content: 'bare' }).text).to.equal(`${heading}\nbare`);
  });

  it('leaves a note for everything else', () => {
    const note = { text: NOTES.unknownContent, losses: ['dropped opaque_block'] };
    expect(tell({ type: 'container_upload' })).to.deep.equal(note);
    expect(tell(found, 'some-other-protocol')).to.deep.equal(note);
  });
});
