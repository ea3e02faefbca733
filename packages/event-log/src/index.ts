export { BackupKeeper, type BackupKeeperOptions } from './backup/backup-keeper.ts';
export { backupsIn, type Backup } from './backup/backup-name.ts';
export { newestWholeBackup } from './backup/newest-whole-backup.ts';
export { readBackup, verifyBackup, writeBackup, type WrittenBackup } from './backup/write-backup.ts';
export * from './errors.ts';
export { exportLog } from './export/export-log.ts';
export { importLog, type Imported } from './export/import-log.ts';
export type { LongWork } from './export/progress.ts';
export { verifyExport, type Verified } from './export/verify-export.ts';
export { verifyLog, type VerifyLogOptions } from './export/verify-log.ts';
export { createMemoryLog } from './memory/memory-log.ts';
export type { Restored } from './opening/import-backup.ts';
export {
  openPgliteLog,
  restorePgliteLog,
  type PgliteLog,
  type PgliteLogOptions,
} from './pglite/pglite-log.ts';
export * from './port.ts';
