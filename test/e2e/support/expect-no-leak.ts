import { expect } from 'chai';
import type { Stage } from './stage.ts';

/** The client saw neither the provider's key nor the user's own Anthropic key, and the rest of the environment untouched. */
export async function expectNoKeyInClient(stage: Stage, starts = 1): Promise<void> {
  const environments = await stage.clientEnvironments();
  expect(environments).to.have.lengthOf(starts);
  for (const environment of environments) {
    const leaking = [...environment].filter(([, value]) => value.includes(stage.key)).map(([name]) => name);
    expect(leaking).to.deep.equal([]);
    expect([...environment.keys()]).to.not.include('ANTHROPIC_API_KEY');
    expect(environment.get('UNRELATED_VARIABLE')).to.equal('stays');
    expect(environment.get('ANTHROPIC_AUTH_TOKEN')).to.match(/^\S{16,}$/);
    expect(environment.get('ANTHROPIC_BASE_URL')).to.match(/^http:\/\/127\.0\.0\.1:\d+\/proxy\/scripted/);
  }
}
