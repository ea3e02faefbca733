// The `events` package is Node's EventEmitter for browsers, without types of its own.
declare module 'events/' {
  export { EventEmitter } from 'node:events';
}
