import type { ElectronAPI } from '@retrace/protocol';
import { createSignal, onCleanup } from 'solid-js';

const MINUTE_MS = 60_000;

/**
 * The time by which events are stamped, in milliseconds since 1970, renewed every minute: as often as a relative time can
 * change. Until main has said how far its clock is from this one, this one is taken for right.
 */
export function createNow(info: ElectronAPI['app']['info']): () => number {
  let ahead = 0;
  const [now, setNow] = createSignal(Date.now());
  const renew = () => setNow(Date.now() + ahead);
  const timer = setInterval(renew, MINUTE_MS);
  onCleanup(() => clearInterval(timer));
  void info().then((answer) => {
    if (answer.success) ahead = Date.parse(answer.info.now) - Date.now();
    renew();
  });
  return now;
}
