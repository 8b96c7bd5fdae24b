export { type ErasureDeps, erasureRoutes } from './routes.ts';
export { ERASED, type Identity, redactBody } from './rules.ts';
export { askErasure, type By, confirmErasure, type Erasure, erasedDrafts } from './service.ts';
export { type ErasedEntry, placeholderHash } from './store.ts';
