import { expect } from 'chai';
import type { CanonicalEvent } from '@claudex/sdk';
import { contextOf, tool } from '@claudex/sdk/testing';
import { openaiChat } from '../src/index.ts';
import { finish, piece } from './support/chunks.ts';

const CONTEXT = contextOf({ tools: [tool('Read'), tool('Edit'), tool('EditMany')] });

/** What each piece of a call leads to, and last of all the end: names of blocks that open, and arguments. */
function written(pieces: readonly object[]): string[] {
  const decoder = openaiChat.decodeStream(CONTEXT);
  const words = (events: readonly CanonicalEvent[]): string => events.map(wordOf).join('');
  const shown = pieces.map((one) => words(decoder.push(piece(one))));
  return [...shown, words([...decoder.push(finish('tool_calls')), ...decoder.end()])];
}

function wordOf(event: CanonicalEvent): string {
  if (event.type === 'content_block_start' && event.content_block.type === 'tool_use')
    return `<${event.content_block.name}>`;
  const delta = event.type === 'content_block_delta' ? event.delta : undefined;
  return delta?.type === 'input_json_delta' ? delta.partial_json : '';
}

function opening(name: string, id?: string): object {
  return { index: 0, ...(id !== undefined && { id }), type: 'function', function: { name, arguments: '' } };
}

function more(json: string): object {
  return { index: 0, function: { arguments: json } };
}

describe('when a call of a stream is shown', () => {
  it('is shown as soon as its id and the name of an offered tool are there', () => {
    expect(written([opening('Read', 'a'), more('{"a"'), more(':1}')])).to.deep.equal(['<Read>', '{"a"', ':1}', '']);
  });

  it('waits for its arguments while another tool may still be meant', () => {
    expect(written([opening('Edit', 'a'), more('{}')])).to.deep.equal(['', '<Edit>{}', '']);
    expect(written([opening('Edit', 'a'), opening('Many'), more('{}')])).to.deep.equal(['', '<EditMany>', '{}', '']);
    expect(written([opening('Re', 'a'), opening('ad'), more('{}')])).to.deep.equal(['', '<Read>', '{}', '']);
  });

  it('waits for an id, and for arguments where the tool was not offered', () => {
    expect(written([opening('Read'), opening('', 'a'), more('{}')])).to.deep.equal(['', '<Read>', '{}', '']);
    expect(written([opening('Read'), more('{}')])).to.deep.equal(['', '<Read>{}', '']);
    expect(written([opening('Write', 'a'), more('{}')])).to.deep.equal(['', '<Write>{}', '']);
  });

  it('holds arguments back as long as they may stand for none', () => {
    expect(written([opening('Read', 'a'), more('nu'), more('ll')])).to.deep.equal(['<Read>', '', '', '']);
    expect(written([opening('Read', 'a'), more(' '), more('{}')])).to.deep.equal(['<Read>', '', ' {}', '']);
    expect(written([opening('Read', 'a'), more('nu')])).to.deep.equal(['<Read>', '', 'nu']);
  });

  it('shows a call without arguments once', () => {
    expect(written([opening('Read', 'a')])).to.deep.equal(['<Read>', '']);
    expect(written([opening('Edit', 'a')])).to.deep.equal(['', '<Edit>']);
  });
});
