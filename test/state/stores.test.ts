import { memoryStore, openStateStore } from '../../src/state/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { itBehavesLikeAStateStore } from './support/state-store-conformance.ts';

describe('a state store in memory', () => {
  itBehavesLikeAStateStore(() => Promise.resolve(memoryStore()));
});

describe('a state store in a file', () => {
  const folder = temporaryFolder();
  itBehavesLikeAStateStore(() => openStateStore(folder()));
});

describe('a state store in a file and a thread of its own', () => {
  const folder = temporaryFolder();
  itBehavesLikeAStateStore(() => openStateStore(folder(), { apart: true }));
});
