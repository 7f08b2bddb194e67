import type { ModelModalities } from '@claudex/sdk';

/** A model that reads and writes nothing but text: pictures in its prompt are replaced by a note. */
export const TEXT: ModelModalities = { input: ['text'], output: ['text'] };

/** A model that also sees pictures. */
export const PICTURES: ModelModalities = { input: ['text', 'image'], output: ['text'] };
