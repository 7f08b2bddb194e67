import type { Vendor } from '../../vendors/kit/vendor.ts';
import type { VendorStageOptions } from './vendor-stage.ts';

/** One way to a vendor that a profile can take. */
export interface VendorWay {
  readonly title: string;
  readonly options: VendorStageOptions;
}

const PROVIDER_TYPES: { readonly [dialect: string]: string } = {
  'Chat Completions': 'OpenAICompatible',
  Responses: 'OpenAIResponses',
  'Pass-through': 'DirectAnthropic',
};

/** The way that the row prefers, the models that it reaches by other ways, and every protocol that a profile may insist on. */
export function waysTo(vendor: Vendor): VendorWay[] {
  const models = vendor.tried?.map((model) => ({ title: `${vendor.id}: ${model}`, options: { model } }));
  const types = [...new Set(vendor.wires.flatMap(({ dialect: { title } }) => PROVIDER_TYPES[title] ?? []))];
  const insisting = types.length < 2 || vendor.oneWirePerModel ? [] : types;
  return [
    ...(models ?? [{ title: vendor.id, options: {} }]),
    ...insisting.map((providerType) => ({ title: `${vendor.id}, by ${providerType}`, options: { providerType } })),
  ];
}
