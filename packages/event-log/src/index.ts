export * from './errors.ts';
export { exportLog } from './export/export-log.ts';
export { importLog, type Imported } from './export/import-log.ts';
export type { LongWork } from './export/progress.ts';
export { verifyExport, type Verified } from './export/verify-export.ts';
export { verifyLog, type VerifyLogOptions } from './export/verify-log.ts';
export { createMemoryLog } from './memory/memory-log.ts';
export { openPgliteLog, type PgliteLog, type PgliteLogOptions } from './pglite/pglite-log.ts';
export * from './port.ts';
