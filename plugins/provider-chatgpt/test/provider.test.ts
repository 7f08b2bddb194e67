import { expect } from 'chai';
import { accountOf } from '../src/account-of.ts';
import answerProviders, { chatgpt, codex } from '../src/index.ts';

const tokenOf = (claims: unknown): string =>
  ['head', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'signature'].join('.');

describe('the providers of a ChatGPT plan', () => {
  it('answer the hook with both', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([chatgpt, codex]);
  });

  it('never use the key that is paid by use', () => {
    for (const { id, keyVariables } of [chatgpt, codex])
      expect(keyVariables, id).to.deep.equal(['CHATGPT_ACCESS_TOKEN']);
  });

  it('stream everything, limit no answer and send no field that is refused', () => {
    for (const { id, quirks } of [chatgpt, codex]) {
      expect(quirks, id).to.include({ streaming: 'only', maxOutputTokensField: 'none' });
      expect(quirks?.omitFields, id).to.include.members(['temperature', 'top_p', 'metadata', 'user']);
    }
    expect(chatgpt.quirks).to.include({ toolsPlacement: 'input' });
    expect(codex.quirks).to.include({ emptyInstructions: true });
  });

  it('know the sizes of every model that fills a slot', () => {
    const known = new Map(chatgpt.knownModels?.map((facts) => [facts.id, facts]));
    for (const id of Object.values(chatgpt.models))
      expect(known.get(id), id).to.have.property('contextWindow').that.is.greaterThan(200_000);
  });

  it('say honestly what they rest on', () => {
    expect(chatgpt.policy).to.match(/open question/);
    expect(codex.policy).to.match(/own risk/);
  });
});

describe('the account of a ChatGPT token', () => {
  it('stands in the token and goes into a header', () => {
    const token = tokenOf({ 'https://api.openai.com/auth': { chatgpt_account_id: 'acc-1' } });
    expect(codex.authenticate?.(token)).to.deep.equal({
      authorization: `Bearer ${token}`,
      'chatgpt-account-id': 'acc-1',
    });
    expect(codex.requestHeaders?.({ model: 'm', session: 's', hasImages: false, followsTools: false })).to.deep.equal({
      'thread-id': 's',
    });
  });

  it('is left out for any other key, and where it fits into no header', () => {
    for (const key of ['sk-plain', 'a.b.c', '', tokenOf(null), tokenOf({ 'https://api.openai.com/auth': {} })])
      expect(accountOf(key), key).to.equal(undefined);
    expect(accountOf(tokenOf({ 'https://api.openai.com/auth': { chatgpt_account_id: 'a\r\nb' } }))).to.equal(undefined);
    expect(codex.authenticate?.('sk-plain')).to.deep.equal({ authorization: 'Bearer sk-plain' });
  });
});
