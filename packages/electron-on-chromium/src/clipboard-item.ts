type Content = string | Blob | Promise<string | Blob>;

/** One entry of the clipboard, in several types. */
export class ClipboardItem {
  readonly types: string[];
  readonly #contents: ReadonlyMap<string, Content>;

  constructor(items: Readonly<Record<string, Content>>) {
    this.#contents = new Map(Object.entries(items));
    this.types = [...this.#contents.keys()];
  }

  /** Rejects for a type that is not there. */
  async getType(type: string): Promise<Blob> {
    const content = await this.#contents.get(type);
    if (content === undefined) throw new Error(`The type ${type} was not found`);
    return content instanceof Blob ? content : new Blob([content], { type });
  }
}
