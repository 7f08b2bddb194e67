import { expect } from 'chai';
import type { Protocol, Provider } from '@claudex/sdk';
import {
  bindProfile,
  resolveBackupModel,
  resolveModel,
  type BoundProfile,
  type ResolvedModel,
} from '../../src/router/index.ts';
import { configurationFrom } from '../support/configuration.ts';

const protocol = (id: string, type: string) =>
  ({ specVersion: 1, id, title: id, providerTypes: [type] }) as unknown as Protocol;

const listing: Provider = {
  specVersion: 1,
  id: 'listing',
  title: 'Listing',
  protocol: 'openai-chat',
  baseUrl: 'https://api.listing.test/v1',
  models: { default: 'listed-default', haiku: 'listed-small' },
  knownModels: [{ id: 'shared' }],
};
const descriptors = {
  protocols: new Map(
    [protocol('anthropic-messages', 'DirectAnthropic'), protocol('openai-chat', 'OpenAICompatible')].map((each) => [
      each.id,
      each,
    ]),
  ),
  providers: new Map([[listing.id, listing]]),
};

const CHAT = 'provider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9/v1"\n';
const ANTHROPIC = 'provider_type = "DirectAnthropic"\nbase_url = "https://api.anthropic.com"\n';
const PRIMARY = `${CHAT}default_model = "p-default"\nmodels = { haiku = "p-small", opus = "p-big" }\n`;

/** The model that the backup is asked for, when the client asks the first profile for `asked`. */
async function backupModel(
  asked: string,
  backup: string,
  {
    primary = PRIMARY,
    aliases = {},
  }: { readonly primary?: string; readonly aliases?: { readonly [name: string]: string } } = {},
): Promise<ResolvedModel> {
  const configuration = await configurationFrom(
    `[[profiles]]\nname = "p"\n${primary}\n[[profiles]]\nname = "b"\n${backup}`,
  );
  const bind = (name: string): BoundProfile => bindProfile(name, configuration, descriptors, {});
  const [bound, other] = [bind('p'), bind('b')];
  return resolveBackupModel(asked, { bound, resolved: resolveModel(asked, bound, aliases) }, other, aliases);
}

describe('the model of a backup', () => {
  const SLOTS = `${CHAT}default_model = "b-default"\nmodels = { haiku = "b-small", opus = "b-big", sonnet = "b-middle" }\n`;

  it('is the one that the first profile names for it, whatever was asked', async () => {
    const primary = `${PRIMARY}backup_providers = ["b"]\nbackup_models = { b = "chosen" }\n`;
    for (const asked of ['claude-haiku-4-5', 'p-default', 'b-small', 'anything'])
      expect(await backupModel(asked, SLOTS, { primary }), asked).to.deep.equal({ model: 'chosen', reason: 'backup' });
  });

  it('is its own slot for a Claude name', async () => {
    expect(await backupModel('claude-haiku-4-5', SLOTS)).to.deep.equal({ model: 'b-small', reason: 'slot' });
    expect(await backupModel('claude-opus-4-1', SLOTS)).to.deep.equal({ model: 'b-big', reason: 'slot' });
    expect(await backupModel('claude-fable-1', SLOTS)).to.deep.equal({ model: 'b-big', reason: 'slot' });
    expect(await backupModel('claude-next', SLOTS)).to.deep.equal({ model: 'b-default', reason: 'default' });
  });

  it('is the slot of the same name for a model that the first profile names', async () => {
    expect(await backupModel('p-small', SLOTS)).to.deep.equal({ model: 'b-small', reason: 'backup' });
    expect(await backupModel('p-big', SLOTS)).to.deep.equal({ model: 'b-big', reason: 'backup' });
    expect(await backupModel('p-default', SLOTS)).to.deep.equal({ model: 'b-default', reason: 'backup' });
  });

  it('is its default where it has no such slot, or nobody knows the name', async () => {
    const bare = `${CHAT}default_model = "b-default"\n`;
    expect(await backupModel('p-small', bare)).to.deep.equal({ model: 'b-default', reason: 'backup' });
    expect(await backupModel('unheard-of', SLOTS)).to.deep.equal({ model: 'b-default', reason: 'backup' });
  });

  it('is what was asked where the backup knows it', async () => {
    expect(await backupModel('b-middle', SLOTS)).to.deep.equal({ model: 'b-middle', reason: 'named' });
    expect(await backupModel('shared', 'provider = "listing"\napi_key = "k"\n')).to.deep.equal({
      model: 'shared',
      reason: 'as-given',
    });
  });

  it('is a Claude name as it is where the backup is Anthropic', async () => {
    const anthropic = `${ANTHROPIC}default_model = "claude-sonnet-4-5"\n`;
    expect(await backupModel('claude-opus-4-1', anthropic)).to.deep.equal({
      model: 'claude-opus-4-1',
      reason: 'as-given',
    });
    expect(await backupModel('p-small', anthropic)).to.deep.equal({ model: 'claude-sonnet-4-5', reason: 'backup' });
  });

  it('is the slot where the first is Anthropic and keeps Claude names', async () => {
    const primary = `${ANTHROPIC}default_model = "claude-sonnet-4-5"\nmodels = { haiku = "claude-haiku-4-5" }\n`;
    expect(await backupModel('claude-haiku-4-5', SLOTS, { primary })).to.deep.equal({
      model: 'b-small',
      reason: 'slot',
    });
    expect(await backupModel('claude-sonnet-4-5', SLOTS, { primary })).to.deep.equal({
      model: 'b-middle',
      reason: 'slot',
    });
  });

  it('is what an alias stands for where the backup knows that', async () => {
    const aliases = { quick: 'b-small', sharp: 'claude-opus-4-1' };
    expect(await backupModel('quick', SLOTS, { aliases })).to.deep.equal({ model: 'b-small', reason: 'alias' });
    expect(await backupModel('sharp', SLOTS, { aliases })).to.deep.equal({ model: 'b-big', reason: 'slot' });
  });

  it('is never a model that an alias or a listed id of the first profile names there', async () => {
    const anthropic = `${ANTHROPIC}default_model = "claude-sonnet-4-5"\nmodels = { opus = "claude-opus-4-1" }\n`;
    const aliases = { deep: 'p-big', far: 'p-elsewhere' };
    for (const asked of ['deep', 'claude-via-p/p-big']) {
      expect(await backupModel(asked, SLOTS, { aliases }), asked).to.deep.equal({ model: 'b-big', reason: 'backup' });
      const { model } = await backupModel(asked, anthropic, { aliases });
      expect(model, `${asked} at Anthropic`).to.equal('claude-opus-4-1');
    }
    expect(await backupModel('far', SLOTS, { aliases })).to.deep.equal({ model: 'b-default', reason: 'backup' });
  });
});
