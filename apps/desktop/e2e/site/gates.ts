interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

function makeGate(): Gate {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Pages that are answered only when a test says so: what is slow is so without a clock. */
export class Gates {
  readonly #gates = new Map<string, Gate>();

  #gate(name: string): Gate {
    const gate = this.#gates.get(name) ?? makeGate();
    this.#gates.set(name, gate);
    return gate;
  }

  /** Resolves once the gate is opened, at once when it was opened before. */
  passed(name: string): Promise<void> {
    return this.#gate(name).passed;
  }

  open(name: string): void {
    this.#gate(name).open();
  }
}
