import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { unsupported } from './unsupported.ts';

/** `Notification`: there is nothing to show one with, and `isSupported` says so. */
export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  static isSupported(): boolean {
    return false;
  }

  show(): never {
    return unsupported('Notification.show', 'ask Notification.isSupported() first');
  }

  close(): void {
    // What is never shown is closed already.
  }
}
