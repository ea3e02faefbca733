import { EventEmitter } from 'node:events';
import type { Display, Rectangle } from 'electron';

/** A display that fits the windows of this runtime. Chromium tells no more of the real one over its protocol. */
const bounds: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };

const primary: Partial<Display> &
  Pick<Display, 'id' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor'> = {
  id: 1,
  label: '',
  bounds,
  workArea: bounds,
  size: { width: bounds.width, height: bounds.height },
  workAreaSize: { width: bounds.width, height: bounds.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
  colorDepth: 24,
  touchSupport: 'unknown',
};

/** `screen`: one display. It never changes, so its events are never told. */
class Screen extends EventEmitter {
  getPrimaryDisplay(): typeof primary {
    return primary;
  }

  getAllDisplays(): (typeof primary)[] {
    return [primary];
  }

  getDisplayNearestPoint(): typeof primary {
    return primary;
  }

  getDisplayMatching(): typeof primary {
    return primary;
  }
}

export const screen = new Screen();
