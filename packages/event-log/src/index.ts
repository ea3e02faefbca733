export * from './errors.ts';
export { createMemoryLog } from './memory/memory-log.ts';
export * from './port.ts';
