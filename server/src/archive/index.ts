export { type Archived, type ArchiveOptions, archiveLog } from './archive-log.ts';
export { archivedEntries, archivedParts } from './archived-parts.ts';
export { type Retention, retentionOf } from './classes.ts';
export { readArchiveFile } from './read-file.ts';
export { type ArchiveFile, listArchiveFiles } from './store.ts';
export { startSweeping, sweepOld } from './sweep-old.ts';
