import { expect } from 'chai';
import { startVendorNetwork, type VendorNetwork } from './kit/vendor-network.ts';
import type { Vendor } from './kit/vendor.ts';
import { VENDORS } from './index.ts';
import { REFUSED_REQUESTS } from './refused-requests.ts';

/** All vendors, each with an address of this machine instead of its names. */
const here: readonly Vendor[] = VENDORS.map((vendor) => ({ ...vendor, hosts: [] }));

describe('the fake vendors', () => {
  let network: VendorNetwork;
  before(async () => {
    network = await startVendorNetwork(here, () => ({ text: 'hello' }));
  });
  after(() => network.close());

  for (const { vendor: id, title, path, body, headers, status, says } of REFUSED_REQUESTS) {
    it(`${id} refuses ${title}`, async () => {
      const vendor = here.find((each) => each.id === id);
      if (!vendor) throw new Error(`no vendor ${id}`);
      const answer = await fetch(`${network.addressOf(vendor)}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${vendor.key}`, ...headers },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      expect(answer.status, text).to.equal(status);
      expect(text).to.include(says);
    });
  }

  it('have one entry for each id', () => {
    const ids = VENDORS.map(({ id }) => id);
    expect(ids).to.have.lengthOf(new Set(ids).size);
  });
});
