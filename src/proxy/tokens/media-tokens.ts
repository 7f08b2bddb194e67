import type { MediaSource } from '@claudex/sdk';
import type { ModelFamily } from './families.ts';
import { imageSizeOf, type ImageSize } from './image-size.ts';

/** A picture or document of which nothing is known: Anthropic's figure for a picture of common size. */
export const TOKENS_OF_UNKNOWN_MEDIA = 1_600;

/** Anthropic shrinks a picture until its longer edge has at most this many pixels. */
const LONG_EDGE = 1_568;
const PIXELS_PER_TOKEN = 750;

/** OpenAI fits a picture into a square of this edge, then shrinks its shorter edge, then cuts it into tiles. */
const TILED_SQUARE = 2_048;
const TILED_SHORT_EDGE = 768;
const TILE_EDGE = 512;
const TOKENS_PER_TILE = 170;
const TOKENS_BESIDE_TILES = 85;

/** Anthropic gives 1,500 to 3,000 tokens for the text of a page, depending on how dense it is. */
const TOKENS_PER_PAGE = 2_000;
/** A page of a PDF with few pictures, in bytes of the file. */
const BYTES_PER_PAGE = 50_000;
/** Larger files are not searched for their pages, because this runs on the main loop. */
const SEARCHED_BYTES = 512 * 1024;

/** What a picture costs, in tokens. */
export function imageTokens(source: MediaSource, { images }: ModelFamily): number {
  const size = source.type === 'base64' ? imageSizeOf(source.data) : undefined;
  if (size === undefined) return TOKENS_OF_UNKNOWN_MEDIA;
  return images === 'area' ? tokensByArea(size) : tokensByTiles(size);
}

/** What a PDF in base64 costs, in tokens: by its pages where they can be found, else by its size. */
export function pdfTokens(base64: string): number {
  const bytes = Math.floor((base64.length * 3) / 4);
  const found = bytes <= SEARCHED_BYTES ? pagesIn(Buffer.from(base64, 'base64').toString('latin1')) : 0;
  // Newer files keep their pages in compressed objects, where nothing is found.
  const pages = found > 0 ? found : Math.max(1, Math.round(bytes / BYTES_PER_PAGE));
  return pages * TOKENS_PER_PAGE;
}

function tokensByArea({ width, height }: ImageSize): number {
  const scale = Math.min(1, LONG_EDGE / Math.max(width, height));
  const tokens = Math.ceil((width * scale * height * scale) / PIXELS_PER_TOKEN);
  return Math.min(Math.max(1, tokens), TOKENS_OF_UNKNOWN_MEDIA);
}

function tokensByTiles({ width, height }: ImageSize): number {
  const fit = Math.min(1, TILED_SQUARE / Math.max(width, height));
  const scale = fit * Math.min(1, TILED_SHORT_EDGE / (Math.min(width, height) * fit));
  const tiles = tilesAlong(width * scale) * tilesAlong(height * scale);
  return TOKENS_BESIDE_TILES + TOKENS_PER_TILE * tiles;
}

/** A rounding error must not make one more tile of an edge that is scaled to fit. */
function tilesAlong(pixels: number): number {
  return Math.max(1, Math.ceil(Math.round(pixels) / TILE_EDGE));
}

function pagesIn(pdf: string): number {
  return pdf.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0;
}
