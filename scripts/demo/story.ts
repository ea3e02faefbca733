/** A step of the demo that did not go as told; its message is one sentence. */
export class BrokenStory extends Error {
  override readonly name = 'BrokenStory';
}

interface Figure {
  readonly what: string;
  readonly milliseconds: number;
}

/** Tells the demo step by step, and keeps its figures for the end. */
export class Story {
  #steps = 0;
  readonly #figures: Figure[] = [];

  /** Tells of a step and carries it out. @throws BrokenStory that names the step when it fails. */
  async step<T>(sentence: string, act: () => Promise<T>): Promise<T> {
    this.#steps += 1;
    console.log(`${String(this.#steps).padStart(2)}. ${sentence}`);
    try {
      return await act();
    } catch (error) {
      const [reason] = String(error).split('\n', 1);
      throw new BrokenStory(`Step ${this.#steps} failed (${sentence}): ${reason}`, { cause: error });
    }
  }

  /** Says something that belongs to the step before. */
  tell(line: string): void {
    console.log(`      ${line}`);
  }

  /** Does something and keeps how long it took. */
  async timed<T>(what: string, act: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const value = await act();
    this.measured(what, performance.now() - started);
    return value;
  }

  measured(what: string, milliseconds: number): void {
    this.#figures.push({ what, milliseconds });
  }

  tellFigures(): void {
    const width = Math.max(...this.#figures.map(({ what }) => what.length));
    console.log('\nFigures');
    for (const { what, milliseconds } of this.#figures) {
      console.log(`  ${what.padEnd(width)}  ${milliseconds.toFixed(0).padStart(6)} ms`);
    }
  }
}
