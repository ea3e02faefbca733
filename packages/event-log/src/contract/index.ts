export { describeEventLogContract, type ContractSubject } from './event-log-contract.ts';
export { sampleAppend, sampleEvent } from './sample-append.ts';
