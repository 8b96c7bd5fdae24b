export { type RecordDependencies, recordRoutes } from './routes.ts';
