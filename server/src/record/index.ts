export { recordedRoutes } from './personal-reads.ts';
export { type PersonalReading, ReadRecorder, type ReadRecorderOptions } from './read-recorder.ts';
export { recordReads } from './record-reads.ts';
export { type RecordDependencies, recordRoutes } from './routes.ts';
