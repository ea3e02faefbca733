import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';

/** `Notification`: there is nothing to show one with, and `isSupported` says so. */
export class Notification extends EventEmitter {
  title: string;
  body: string;
  subtitle: string;
  silent: boolean;

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.subtitle = options.subtitle ?? '';
    this.silent = options.silent ?? false;
  }

  static isSupported(): boolean {
    return false;
  }

  close(): void {
    // What is never shown is closed already.
  }
}
