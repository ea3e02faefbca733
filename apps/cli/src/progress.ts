import { Presets, SingleBar } from 'cli-progress';

/** How far long work has come, as long as it lasts. */
interface Progress {
  /** `done` of `total` is done. */
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** A bar on standard error, where that is a terminal, from the first `update` on. Nothing elsewhere. */
function showProgress(what: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% | {value} of {total} | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      // Ctrl+C is the command line's: it closes the log first.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let begun = false;
  return {
    update(done, total) {
      if (begun) bar.update(done);
      else bar.start(total, done);
      begun = true;
    },
    stop: () => bar.stop(),
  };
}

/** Long work with a bar that goes when the work ends, however it ends. */
export async function withProgress<T>(
  what: string,
  work: (onProgress: Progress['update']) => Promise<T>,
): Promise<T> {
  const progress = showProgress(what);
  try {
    return await work(progress.update);
  } finally {
    progress.stop();
  }
}
