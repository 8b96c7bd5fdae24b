export { type ErasureDeps, erasureRoutes } from './routes.ts';
export { askErasure, type By, confirmErasure } from './service.ts';
