export * from './errors.ts';
export { createMemoryLog } from './memory/memory-log.ts';
export { openPgliteLog, type PgliteLog, type PgliteLogOptions } from './pglite/pglite-log.ts';
export * from './port.ts';
export { openPostgresLog, type PostgresLogOptions } from './postgres/postgres-log.ts';
