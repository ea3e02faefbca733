export { carryOut } from './carry-out.ts';
export { deedArbitrary } from './command-arbitrary.ts';
export type { Deed } from './command-arbitrary.ts';
export { FakeViewHost } from './fake-view-host.ts';
