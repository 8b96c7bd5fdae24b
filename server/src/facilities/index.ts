export type { Source, StoredFacility } from './change.ts';
export { type FacilityInput, facilityInput } from './facility-input.ts';
export { loadFacts } from './facts.ts';
export { templateCsv } from './import/columns.ts';
export {
  IMPORT_MODES,
  type ImportMode,
  type ImportReport,
  importFacilities,
} from './import/import-facilities.ts';
export { XLSX_LIMITS } from './import/xlsx-limits.ts';
export { type OpenedXlsx, xlsxReader } from './import/xlsx-rows.ts';
export { dutyFacts } from './inspections/duty-rules.ts';
export { keyEncryptionKey } from './key-vault.ts';
export {
  type FacilityForAlarm,
  facilitySummaries,
  findTransmitterByAccount,
  type LoadedTransmitter,
  loadTransmitters,
  loadTransmittersOf,
  type TransmitterPages,
} from './receiver-store.ts';
export {
  type BulkRegistration,
  type FacilityDraft,
  registerFacilities,
  registerFacilitiesInBatches,
  seeingAll,
} from './register-in-bulk.ts';
export { type FacilityRoutesDeps, facilityRoutes } from './routes.ts';
export { FacilityService, type FacilityServiceOptions } from './service.ts';
export { findFacility } from './store.ts';
export { type KeyForm, readTransmitterKey, type TransmitterKey } from './transmitter-key.ts';
export { Workshop } from './workshop/workshop.ts';
