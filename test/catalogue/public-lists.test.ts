import { expect } from 'chai';
import { bundledProviders } from '../providers/quirks/support/bundled-providers.ts';

/** Their models have other limits there than in public, or none that anybody could list. */
const UNLISTED: ReadonlySet<string> = new Set(['chatgpt', 'codex', 'demo']);

describe('the names of providers in the public list', () => {
  it('are there for every bundled provider that is not on this machine, and for no other', async () => {
    const providers = await bundledProviders();
    const remote = providers.filter(({ id, local }) => local !== true && !UNLISTED.has(id)).map(({ id }) => id);
    expect(remote).to.include.members(['groq', 'zai']);
    const listed = providers.filter(({ publicLists }) => publicLists !== undefined).map(({ id }) => id);
    expect(listed).to.have.members(remote);
  });
});
