export { FakeViewHost } from './fake-view-host.ts';
