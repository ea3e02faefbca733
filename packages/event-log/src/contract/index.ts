export { describeEventLogContract, type ContractSubject } from './event-log-contract.ts';
export { notesOf, positionsOf, range, recordsIn, sampleAppend, sampleEvent } from './sample-append.ts';
export { exportOf, inBytes } from './export-contract.ts';
