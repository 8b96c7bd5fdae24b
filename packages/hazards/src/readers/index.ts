export { readIbtracs } from './cyclone/ibtracs.ts';
export { readJmaBestTrack } from './cyclone/jma.ts';
export { readJtwcBestTrack } from './cyclone/jtwc.ts';
export { READERS, type Reader, readAny, readerFor } from './detect.ts';
export {
  READ_ERRORS,
  READ_RULES,
  ReadError,
  type ReadErrorCode,
  type ReadFinding,
  type ReadPlace,
  type ReadRule,
  type ReadSeverity,
} from './finding.ts';
export { readFirms } from './firms.ts';
export { readGdacs } from './gdacs.ts';
export { DEFAULT_READ_LIMITS, type ReadLimits } from './limits.ts';
export { readQuakeMl } from './quakeml/read-quakeml.ts';
export { isQuantity, QUANTITIES, type Quantity, type QuantityName, type WordName } from './quantities.ts';
export * from './reading.ts';
export { type Judged, type Outcome, Register, type RegisterOptions } from './register.ts';
export { readStationForm } from './station/read-station-form.ts';
export { STATION_COLUMNS, type StationColumn, stationTemplate } from './station/template.ts';
export { readUsgsGeoJson } from './usgs-geojson.ts';
export { readShakeMap } from './usgs-shakemap.ts';
export { readNoaaCoops } from './water/noaa-coops.ts';
export { readUsgsWaterJson } from './water/usgs-json.ts';
export { readUsgsWaterRdb } from './water/usgs-rdb.ts';
