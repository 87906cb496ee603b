/** A lock with shared and exclusive access. */
export class Gate {
  #inside = 0;
  #closed: Promise<void> | undefined;
  #onEmpty: (() => void) | undefined;

  /** Runs a function with shared access. */
  async beside<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed !== undefined) {
      await this.#closed;
    }
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) {
        this.#onEmpty?.();
      }
    }
  }

  /** Runs a function with exclusive access. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed !== undefined) {
      await this.#closed;
    }
    let open = (): void => undefined;
    this.#closed = new Promise((resolve) => {
      open = resolve;
    });
    try {
      if (this.#inside > 0) {
        await new Promise<void>((resolve) => {
          this.#onEmpty = resolve;
        });
      }
      return await work();
    } finally {
      this.#onEmpty = undefined;
      this.#closed = undefined;
      open();
    }
  }
}
