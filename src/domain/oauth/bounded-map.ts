/** A map that keeps its most recently used entries: when it is full, the one unused for longest goes. */
export class BoundedMap<K, V> {
  readonly #capacity: number;
  readonly #entries = new Map<K, V>();

  /** @param capacity how many entries it keeps */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The entry, which counts as used now. */
  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    // Putting an entry last costs more than finding it, and nothing is dropped from a map that is half empty.
    if (value !== undefined && this.#entries.size > this.#capacity / 2) {
      // A Map keeps the order of insertion: the first entry is the one unused for longest.
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.#capacity) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) {
        this.#entries.delete(oldest.value);
      }
    }
    this.#entries.set(key, value);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Removes every entry that meets the condition. */
  deleteWhere(condition: (value: V) => boolean): void {
    for (const [key, value] of this.#entries) {
      if (condition(value)) {
        this.#entries.delete(key);
      }
    }
  }
}
