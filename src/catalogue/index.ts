export { cachedFacts } from './cached-facts.ts';
export { listModels } from './list-models.ts';
export { liveFacts } from './live-facts.ts';
export { modelCells, printedModel, type PrintedModels } from './model-cells.ts';
export type { CatalogueIo, ModelList, ModelRow, ModelSource } from './model-list.ts';
export { modelWindows, type ModelWindow } from './model-windows.ts';
export { namedRows, usesOf } from './named-rows.ts';
export { refreshPublic, type PublicIo, type PublicRefresh } from './public/refresh-public.ts';
export { priceOf, type PricedUsage } from './price-of.ts';
