import { QUIRK_KINDS, type ModelFacts, type Provider } from '@claudex/sdk';
import { expect } from 'chai';
import answerProviders from '../src/index.ts';
import { VENDORS } from '../src/vendors/index.ts';

const VOCABULARY = Object.keys(QUIRK_KINDS);
const PROTOCOLS = ['anthropic-messages', 'openai-chat', 'openai-responses'];

describe('the compatible vendors', () => {
  it('answer the hook, each under an id of its own', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.equal(VENDORS);
    const ids = VENDORS.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });
});

for (const vendor of VENDORS) describe(`the vendor ${vendor.id}`, () => checkVendor(vendor));

function checkVendor(vendor: Provider): void {
  const models = vendor.knownModels ?? [];
  const endpoints = endpointsOf(vendor);
  const slotIds = endpoints.flatMap((endpoint) => Object.values(endpoint.models ?? {}));
  const slots = [...new Set([...Object.values(vendor.models), ...slotIds])];

  it('knows the window and the longest answer of every model that fills a slot', () => {
    for (const slot of slots) {
      const facts = models.find(({ id }) => id === slot);
      expect(facts?.contextWindow, slot).to.be.at.least(100_000);
      expect(facts?.maxOutputTokens, slot).to.be.at.least(8_192);
    }
  });

  it('lists every model once, with sizes and prices that make sense', () => {
    expect(new Set(models.map(({ id }) => id)).size).to.equal(models.length);
    for (const facts of models) checkModel(facts, endpoints);
  });

  it('has addresses without a trailing slash, and its protocol among them', () => {
    expect(endpoints.some(({ bases }) => bases[vendor.protocol] !== undefined)).to.equal(true);
    for (const { bases, modelList = 'none' } of endpoints) {
      expect(PROTOCOLS).to.include.members(Object.keys(bases));
      for (const address of Object.values(bases)) expect(address).to.match(/^https:\/\/[^\s]*[^/\s]$/);
      if (modelList !== 'none') expect(modelList).to.match(/^https:\/\/[^\s]*[^/\s]$/);
    }
  });

  it('asks for nothing in an address or a header that no option says', () => {
    const texts = endpoints.flatMap(({ bases, modelList = '' }) => [...Object.values(bases), modelList]);
    const headers = [vendor, ...Object.values(vendor.wires ?? {})].flatMap((part) => Object.values(part.headers ?? {}));
    for (const [, name = ''] of [...texts, ...headers].flatMap((text) => [...text.matchAll(/\{([^}]*)\}/g)]))
      expect(vendor.options ?? {}, name).to.have.property(name);
  });

  it('has conditions that can be met, and an address for every choice', () => {
    for (const { when = {} } of endpoints)
      for (const [name, value] of Object.entries(when))
        expect(vendor.options?.[name]?.choices, `${name}: ${value}`).to.have.property(value);
    for (const options of combinations(vendor)) {
      const found = endpoints.find(({ when = {} }) =>
        Object.entries(when).every(([name, value]) => options[name] === value),
      );
      expect(found, JSON.stringify(options)).to.not.equal(undefined);
    }
  });

  it('has options whose default is one of their choices', () => {
    for (const [name, { choices, default: usual }] of Object.entries(vendor.options ?? {}))
      if (choices) expect(Object.keys(choices), name).to.include(usual);
  });

  it('deviates in known words only, of protocols that it speaks', () => {
    const spoken = new Set(endpoints.flatMap(({ bases }) => Object.keys(bases)));
    for (const id of Object.keys(vendor.wires ?? {})) expect([...spoken], id).to.include(id);
    const quirks = [vendor, ...Object.values(vendor.wires ?? {}), ...models].map((part) => part.quirks ?? {});
    for (const table of quirks.flatMap((each) => [each, each.withTools ?? {}, each.whileReasoning ?? {}]))
      for (const name of Object.keys(table)) expect(VOCABULARY, name).to.include(name);
  });

  it('says where its key is made and where people keep it', () => {
    for (const place of [vendor, ...endpoints]) {
      expect(place.keyPage ?? vendor.keyPage).to.match(/^https:\/\//);
      for (const name of place.keyVariables ?? []) expect(name).to.match(/^[A-Z][A-Z0-9_]*$/);
    }
    expect(vendor.keyVariables).to.not.have.length(0);
  });

  it('has lower-case headers and whole sentences for people', () => {
    for (const { headers = {} } of [vendor, ...Object.values(vendor.wires ?? {})])
      for (const name of Object.keys(headers)) expect(name).to.match(/^[a-z0-9-]+$/);
    for (const text of [...(vendor.knownGaps ?? []), vendor.policy ?? 'None.'])
      expect(text).to.match(/^[A-Za-z0-9].*\.$/);
  });
}

function checkModel(facts: ModelFacts, endpoints: NonNullable<Provider['endpoints']>): void {
  const { id, contextWindow = 0, maxInputTokens = 1, maxOutputTokens = 1, price, protocol } = facts;
  expect(contextWindow, id).to.be.greaterThan(0);
  expect(maxOutputTokens, id).to.be.within(1, contextWindow);
  expect(maxInputTokens, id).to.be.within(1, contextWindow);
  if (protocol !== undefined)
    expect(
      endpoints.every(({ bases }) => bases[protocol] !== undefined),
      id,
    ).to.equal(true);
  if (price === undefined) return;
  const { input, output, cacheRead = input, long } = price;
  expect(input, id).to.be.greaterThan(0);
  expect(output, id).to.be.at.least(input);
  expect(cacheRead, id).to.be.within(0, input);
  if (long === undefined) return;
  expect(long.above, id).to.be.within(1, contextWindow);
  expect(long.input ?? input, id).to.be.at.least(input);
  expect(long.output ?? output, id).to.be.at.least(output);
}

/** A vendor with one address in one protocol need not say more than the address. */
function endpointsOf({ endpoints, baseUrl, protocol }: Provider): NonNullable<Provider['endpoints']> {
  return endpoints ?? (baseUrl === undefined ? [] : [{ bases: { [protocol]: baseUrl } }]);
}

/** Every way to choose from the options that have choices. */
function combinations({ options = {} }: Provider): { readonly [name: string]: string }[] {
  let found: { readonly [name: string]: string }[] = [{}];
  for (const [name, { choices }] of Object.entries(options))
    if (choices)
      found = found.flatMap((chosen) => Object.keys(choices).map((choice) => ({ ...chosen, [name]: choice })));
  return found;
}
