export { createNumbers } from './follow-numbers.ts';
export { compareNumbers } from './rebuild.ts';
export { type NumberRouteOptions, numberRoutes } from './routes.ts';
