import { expect } from 'chai';
import { loadCooldowns, openStateStore, saveCooldown } from '../../src/state/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('cooldowns', () => {
  const folder = temporaryFolder();

  it('survive a restart until they are over', async () => {
    const later = Date.now() + 60_000;
    const soon = Date.now() + 200;
    const before = await openStateStore(folder());
    await saveCooldown(before, 'later', Date.now() + 30_000);
    await saveCooldown(before, 'later', later);
    await saveCooldown(before, 'soon', soon);
    await saveCooldown(before, 'lifted', later);
    await saveCooldown(before, 'lifted', 0);
    await saveCooldown(before, 'past', Date.now() - 1);
    await before.close();
    const after = await openStateStore(folder(), { apart: true });
    const loaded = await loadCooldowns(after);
    expect(loaded.get('later')).to.equal(later);
    expect([...loaded.keys()].filter((key) => key !== 'soon')).to.deep.equal(['later']);
    await waitUntil('the cooldown to be over', async () => !(await loadCooldowns(after)).has('soon'), 10_000);
    expect(Date.now()).to.be.at.least(soon);
    await after.close();
  });
});
