import { expect } from 'chai';
import { familyOf } from '../../../src/proxy/tokens/families.ts';
import { imageTokens, pdfTokens, TOKENS_OF_UNKNOWN_MEDIA } from '../../../src/proxy/tokens/media-tokens.ts';
import { png } from './pictures.ts';

const CLAUDE = familyOf('claude-sonnet-5-5');
const GPT = familyOf('gpt-5');
const picture = (data: string) => ({ type: 'base64', media_type: 'image/png', data }) as const;

describe('the tokens of a picture', () => {
  it('are its area in pixels by 750 for Claude', () => {
    expect(imageTokens(picture(png(750, 100)), CLAUDE)).to.equal(100);
    expect(imageTokens(picture(png(200, 200)), CLAUDE)).to.equal(54);
    expect(imageTokens(picture(png(1, 1)), CLAUDE)).to.equal(1);
  });

  it('are those of the shrunk picture where it is large', () => {
    expect(imageTokens(picture(png(3_136, 750)), CLAUDE)).to.equal(784);
    expect(imageTokens(picture(png(8_000, 8_000)), CLAUDE)).to.equal(1_600);
  });

  it('are 85 and 170 for every tile of 512 pixels for OpenAI', () => {
    expect(imageTokens(picture(png(512, 512)), GPT)).to.equal(255);
    expect(imageTokens(picture(png(1_024, 1_024)), GPT)).to.equal(765);
    expect(imageTokens(picture(png(2_048, 4_096)), GPT)).to.equal(1_105);
    expect(imageTokens(picture(png(1, 1)), GPT)).to.equal(255);
  });

  it('stay below a limit for pictures of absurd size', () => {
    for (const [width, height] of [
      [4_000_000_000, 4_000_000_000],
      [4_000_000_000, 1],
    ] as const)
      // prettier-ignore
      for (const family of [CLAUDE, GPT])
        expect(imageTokens(picture(png(width, height)), family)).to.be.within(1, 1_600);
  });

  it('are those of a common picture where its size cannot be known', () => {
    expect(imageTokens(picture('bm90IGEgcGljdHVyZQ=='), CLAUDE)).to.equal(TOKENS_OF_UNKNOWN_MEDIA);
    expect(imageTokens({ type: 'url', url: 'https://example.com/a.png' }, GPT)).to.equal(TOKENS_OF_UNKNOWN_MEDIA);
    expect(imageTokens({ type: 'file', file_id: 'f' }, GPT)).to.equal(TOKENS_OF_UNKNOWN_MEDIA);
  });
});

describe('the tokens of a PDF', () => {
  const page = '<< /Type /Page /Parent 1 0 R >>\n';
  const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

  it('grow with its pages', () => {
    const pdf = (pages: number): string => base64(`%PDF-1.4\n<< /Type /Pages >>\n${page.repeat(pages)}`);
    expect(pdfTokens(pdf(1))).to.equal(2_000);
    expect(pdfTokens(pdf(7))).to.equal(14_000);
    expect(pdfTokens(base64('<</Type/Page>><</Type/Page/Parent 1>>'))).to.equal(4_000);
  });

  it('follow from its size where no page is found', () => {
    expect(pdfTokens('')).to.equal(2_000);
    expect(pdfTokens('A'.repeat(400_000))).to.equal(12_000);
    expect(pdfTokens('A'.repeat(4_000_000))).to.equal(120_000);
  });
});
