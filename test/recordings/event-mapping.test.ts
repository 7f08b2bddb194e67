import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSse } from '@claudex/sdk/testing';
import { RESPONSES_EVENTS, RESPONSES_ITEMS, RESPONSES_PARTS } from '../types/event-mapping.ts';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared/recordings');
const FOLDER = join(ROOT, 'responses');

interface Typed {
  type?: string;
}

interface Item extends Typed {
  content?: (Typed & { annotations?: Typed[] })[] | null;
  summary?: Typed[];
  outputs?: Typed[] | null;
}

interface Event extends Typed {
  item?: Item;
  part?: Typed;
  annotation?: Typed;
  response?: { output?: Item[] };
}

/** Collects the types that occur in one body. */
class Census {
  readonly events = new Set<string>();
  readonly items = new Set<string>();
  readonly parts = new Set<string>();

  countStream(text: string): void {
    for (const { data } of parseSse(text)) {
      const event = parse(data) as Event | undefined;
      if (event?.type === undefined) continue;
      this.events.add(event.type);
      add(this.parts, event.part, event.annotation);
      if (event.item !== undefined) this.countItem(event.item);
      for (const item of event.response?.output ?? []) this.countItem(item);
    }
  }

  countItem(item: Item): void {
    add(this.items, item);
    const content = item.content ?? [];
    add(this.parts, ...content, ...(item.summary ?? []), ...(item.outputs ?? []));
    for (const { annotations } of content) add(this.parts, ...(annotations ?? []));
  }
}

function add(types: Set<string>, ...values: (Typed | undefined)[]): void {
  for (const value of values) if (value?.type !== undefined) types.add(value.type);
}

/** Some recorded bodies are cut or end with `[DONE]`. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

describe('the table of wire events and recorded Responses traffic', function () {
  if (!existsSync(FOLDER)) {
    it.skip(`needs the recordings in ${FOLDER}`);
    return;
  }

  it('name the same types', () => {
    const census = new Census();
    for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
      if (/\.(?:expected|request|meta)\.json$/.test(file)) continue;
      if (file.endsWith('.sse')) census.countStream(readFileSync(join(FOLDER, file), 'utf8'));
      if (!file.endsWith('.json')) continue;
      const body = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { output?: Item[] };
      for (const item of body.output ?? []) census.countItem(item);
    }
    expect([...census.events]).to.have.members(Object.keys(RESPONSES_EVENTS));
    expect([...census.items]).to.have.members(Object.keys(RESPONSES_ITEMS));
    expect([...census.parts]).to.have.members(Object.keys(RESPONSES_PARTS));
  });
});
