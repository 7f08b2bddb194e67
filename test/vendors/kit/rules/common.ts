import { refuse } from '../refuse.ts';
import type { Refusal, Rule, VendorModel } from '../vendor.ts';

/** Refuses models that the vendor does not have, in its words. */
export function knownModel(words: (model: string) => string, more: Partial<Refusal> = {}): Rule {
  return ({ facts, model }) =>
    facts ? undefined : refuse(words(model), { status: 404, code: 'model_not_found', param: 'model', ...more });
}

/** Parameters that are refused by name; `words` is how the vendor says so. */
export function forbids(names: readonly string[], words = (name: string) => `Unsupported parameter: '${name}'`): Rule {
  return ({ body }) => {
    const found = names.find((name) => body[name] !== undefined);
    return found === undefined ? undefined : refuse(words(found), { param: found, code: 'unsupported_parameter' });
  };
}

/** Parameters that are ignored: whoever sends them does not get what was asked for. */
export function ignores(...names: readonly string[]): Rule {
  return ({ body }) => {
    const found = names.find((name) => body[name] !== undefined);
    return found === undefined ? undefined : refuse(`${found} has no effect`, { param: found, ignored: true });
  };
}

/** The parameters that there are; the vendor refuses any other. */
export function onlyParameters(names: readonly string[], words: (name: string) => string): Rule {
  return ({ body }) => {
    const found = Object.keys(body).find((name) => !names.includes(name));
    return found === undefined ? undefined : refuse(words(found), { param: found });
  };
}

/** Values that a parameter may have; `undefined` among them lets it be absent. */
export function oneOf(name: string, values: readonly unknown[]): Rule {
  return ({ body }) => {
    const value = body[name];
    return values.includes(value) || (value === undefined && !values.includes(REQUIRED))
      ? undefined
      : refuse(`${name} must be one of ${values.map(String).join(', ')}, not ${JSON.stringify(value)}`, {
          param: name,
        });
  };
}

/** As a value in {@link oneOf}: the parameter must be there. */
export const REQUIRED = Symbol('required');

/** The parameters that may limit the answer, the smallest value, and the model's own limit above it. */
export function limitedBy(fields: string | readonly string[], minimum = 1): Rule {
  const taken = [fields].flat();
  const others = LIMITS.filter((name) => !taken.includes(name));
  return ({ body, facts }) => {
    const other = others.find((name) => body[name] !== undefined);
    if (other !== undefined)
      return refuse(`Unsupported parameter: '${other}'. Use '${taken.join(' or ')}' instead.`, { param: other });
    const field = taken.find((name) => body[name] !== undefined);
    if (field === undefined) return undefined;
    const limit = body[field];
    if (typeof limit !== 'number' || limit < minimum)
      return refuse(`${field} must be at least ${minimum}`, { param: field });
    return facts && limit > facts.output
      ? refuse(`${field} must be at most ${facts.output} for this model`, { param: field })
      : undefined;
  };
}

const LIMITS = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

/** The model, if it takes no pictures, got one. */
export function picturesAreTaken(model: VendorModel | undefined, pictures: number): Refusal | undefined {
  return model?.images === false && pictures > 0
    ? refuse(`model ${model.id} does not support image input`, { code: 'unsupported_modality' })
    : undefined;
}
