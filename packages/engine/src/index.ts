export * from './view-host.ts';
