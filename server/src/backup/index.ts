export { checkBackup } from './check-backup.ts';
export { fingerprints } from './fingerprint.ts';
export { type Manifest, readManifest } from './manifest.ts';
export { type KeptBackup, listBackups, removeOldBackups } from './old-backups.ts';
export { type Restored, type RestoreOptions, restoreBackup } from './restore-backup.ts';
export { tellBackup, tellRestored } from './tell.ts';
export { BACKUP_LOCK, type Backup, type BackupOptions, writeBackup } from './write-backup.ts';
