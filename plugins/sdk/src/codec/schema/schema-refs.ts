import { isJsonObject, type Json, type JsonObject } from '../../index.ts';

const LONGEST_CHAIN = 50;

/** A schema that a `$ref` leads to. */
export interface RefTarget {
  /** The reference at the end of the chain, as a canonical pointer, e.g. `#/$defs/Node`. */
  readonly ref: string;
  /** What it leads to; never a mere reference itself. */
  readonly schema: JsonObject;
  /** Schemas that were passed on the way and say more than where to go on. */
  readonly passed: readonly JsonObject[];
}

/** Follows a reference inside this document; `undefined` when it leads out of it, to nothing, or in circles. */
export function followRef(document: JsonObject, ref: Json | undefined): RefTarget | undefined {
  const passed: JsonObject[] = [];
  let next = ref;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const pointer = typeof next === 'string' ? readPointer(next) : undefined;
    const schema = pointer === undefined ? undefined : schemaAt(document, pointer);
    if (pointer === undefined || schema === undefined) return undefined;
    if (schema['$ref'] === undefined) return { ref: writePointer(pointer), schema, passed };
    const { $ref: onward, ...rest } = schema;
    passed.push(rest);
    next = onward;
  }
  return undefined;
}

/** Whether a schema is a reference. A property of that name is none. */
export function isRef(schema: JsonObject): boolean {
  return Object.hasOwn(schema, '$ref');
}

function readPointer(ref: string): string[] | undefined {
  if (ref === '#' || ref === '#/') return [];
  if (!ref.startsWith('#/')) return undefined;
  try {
    return ref
      .slice(2)
      .split('/')
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

function writePointer(steps: readonly string[]): string {
  return ['#', ...steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

function schemaAt(document: JsonObject, steps: readonly string[]): JsonObject | undefined {
  let place: Json | undefined = document;
  for (const step of steps) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return undefined;
    place = (place as JsonObject)[step];
  }
  if (place === true) return {};
  return isJsonObject(place) ? place : undefined;
}
