export { cachedFacts } from './cached-facts.ts';
export { listModels } from './list-models.ts';
export { modelCells, printedModel, type PrintedModels } from './model-cells.ts';
export type { CatalogueIo, ModelList, ModelRow, ModelSource } from './model-list.ts';
export { namedRows, usesOf } from './named-rows.ts';
export { priceOf, type PricedUsage } from './price-of.ts';
