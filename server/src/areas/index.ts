export { AreaBook, provinceIndex } from './area-book.ts';
export { AreaIndex, type CommuneShape, type Place, type ProvinceShape } from './area-index.ts';
export { type AreaImport, importAreas, MOST_AREA_BYTES } from './import-areas.ts';
export type { LonLat, Polygon } from './polygon.ts';
export { type AreaRoutesDeps, areaRoutes } from './routes.ts';
