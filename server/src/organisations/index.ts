export {
  loadOrganisations,
  organisationsOfPack,
  organisationsOfStations,
  type PackOrganisation,
  type PackStation,
} from './load.ts';
export { organisationRoutes } from './routes.ts';
export { readOrganisations } from './store.ts';
