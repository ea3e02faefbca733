import type { Rectangle } from 'electron';

declare global {
  // `var` is the only way to declare a member of globalThis. Both are set by app/main.js.
  var show: (url: string, partition: string, bounds: Rectangle) => Promise<void>;
}
