/** The size of a buffer, in bytes. Most pages of 250 entitlements fit. */
const bufferSize = 512 * 1024;
/** The maximum number of buffers. */
const mostBuffers = 32;

/**
 * Shared buffers into which reader threads write texts. They are reused: V8 would collect its whole heap several times per
 * second if every page had a new one.
 */
export class PageBuffers {
  readonly #free: SharedArrayBuffer[] = [];
  #count = 0;

  /** Returns a buffer that is not in use, or undefined if there is none. */
  take(): SharedArrayBuffer | undefined {
    const free = this.#free.pop();
    if (free !== undefined || this.#count === mostBuffers) {
      return free;
    }
    this.#count += 1;
    return new SharedArrayBuffer(bufferSize);
  }

  /** Takes back a buffer whose text is no longer needed. */
  release(buffer: SharedArrayBuffer | undefined): void {
    if (buffer !== undefined) {
      this.#free.push(buffer);
    }
  }
}
