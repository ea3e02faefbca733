import { EventEmitter } from 'node:events';

/** `powerMonitor`: what Node can tell. Chromium passes none of the system's power events on, so none is emitted. */
class PowerMonitor extends EventEmitter {
  isOnBatteryPower(): boolean {
    return false;
  }

  readonly onBatteryPower = false;
}

export const powerMonitor = new PowerMonitor();
