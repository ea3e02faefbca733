import { emptyPage, openPage, startChromium, withApp, withFolder } from './bench-app.ts';

const rounds = 600;
const largeRounds = 30;

/** How long each of `count` invocations took that a page made one after the other, in milliseconds. */
async function invoke(count: number, size: number): Promise<number[]> {
  return withApp(({ window }) =>
    window.evaluate(
      async ([times, length]) => {
        const { echo } = globalThis as unknown as { echo: (value: string) => Promise<string> };
        const value = 'x'.repeat(length);
        const took: number[] = [];
        // The first ones compile what the others run.
        for (let round = -20; round < times; round += 1) {
          const started = performance.now();
          await echo(value);
          if (round >= 0) took.push(performance.now() - started);
        }
        return took;
      },
      [count, size] as const,
    ),
  );
}

async function evaluate(count: number): Promise<number[]> {
  return withFolder(async (folder) => {
    const chromium = await startChromium(folder);
    const page = await openPage(chromium, emptyPage, { width: 800, height: 600 });
    const took: number[] = [];
    for (let round = -20; round < count; round += 1) {
      const started = performance.now();
      await page.send('Runtime.evaluate', { expression: '1' });
      if (round >= 0) took.push(performance.now() - started);
    }
    await chromium.close();
    return took;
  });
}

export async function measureInvoke(): Promise<{
  readonly small: number[];
  readonly megabyte: number[];
  readonly bare: number[];
}> {
  const bare = await evaluate(rounds);
  return { bare, small: await invoke(rounds, 1), megabyte: await invoke(largeRounds, 1_000_000) };
}
