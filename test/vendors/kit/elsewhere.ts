import type { Vendor, VendorWire } from './vendor.ts';

/** The same vendor under another address: with these hosts and options, and with paths that begin differently. */
export function elsewhere(
  vendor: Vendor,
  title: string,
  {
    hosts,
    options,
    paths = [],
  }: Pick<Vendor, 'hosts' | 'options'> & { readonly paths?: readonly [from: string, to: string][] },
): Vendor {
  const back = (path: string): string => {
    const [from = '', to = ''] = paths.find(([, there]) => path.startsWith(there)) ?? [];
    return `${from}${path.slice(to.length)}`;
  };
  const { list } = vendor;
  return {
    ...vendor,
    title: `${vendor.id}, ${title}`,
    hosts,
    options: { ...vendor.options, ...options },
    ...(list && { list: (path) => list(back(path)) }),
    wires: vendor.wires.map((wire): VendorWire => ({ ...wire, at: (path, model) => wire.at(back(path), model) })),
  };
}
