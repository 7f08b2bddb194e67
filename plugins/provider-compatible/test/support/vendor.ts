import type { ModelFacts, Provider, Quirks } from '@claudex/sdk';
import { VENDORS } from '../../src/vendors/index.ts';

/** The vendor with this id. */
export function vendor(id: string): Provider {
  const found = VENDORS.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no vendor "${id}"`);
  return found;
}

/** What a vendor's table says of one of its models. */
export function model(vendorId: string, id: string): ModelFacts {
  const found = vendor(vendorId).knownModels?.find((facts) => facts.id === id);
  if (!found) throw new Error(`${vendorId} knows no model "${id}"`);
  return found;
}

/** The quirks in one of a vendor's protocols, with those of a model over them. */
export function quirks(vendorId: string, protocol: string, modelId?: string): Quirks {
  const { quirks: own, wires } = vendor(vendorId);
  return { ...own, ...wires?.[protocol]?.quirks, ...(modelId !== undefined && model(vendorId, modelId).quirks) };
}
