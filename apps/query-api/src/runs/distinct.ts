/** Of things that are equal by their key the first, in order. */
export class Distinct<Item> {
  readonly #found = new Map<string, Item>();
  readonly #keyOf: (item: Item) => string;

  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf;
  }

  add(item: Item): void {
    const key = this.#keyOf(item);
    if (!this.#found.has(key)) this.#found.set(key, item);
  }

  get items(): readonly Item[] {
    return [...this.#found.values()];
  }
}
