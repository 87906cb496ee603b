import { LRUCache } from 'lru-cache';

/** A recent read of one object. */
export interface RecentRead<V> {
  /** Undefined if the object did not exist. */
  value: V | undefined;
  /** When the read began, in UTC milliseconds. */
  readonly readAt: number;
  /** Whether it is still cached: false after it was forgotten, evicted, or read again. */
  isCurrent: boolean;
}

/** Caches objects by id for a short time. Concurrent requests share one read. */
export class RecentReads<V> {
  readonly #read: (id: string) => Promise<V | undefined>;
  readonly #lifetime: number;
  readonly #kept: LRUCache<string, RecentRead<V>>;
  readonly #underWay = new Map<string, { readonly recent: RecentRead<V>; readonly done: Promise<RecentRead<V>> }>();

  /**
   * @param read reads an object from the database
   * @param lifetime how long a read may be used, in milliseconds
   * @param capacity the maximum number of cached objects
   */
  constructor(read: (id: string) => Promise<V | undefined>, lifetime: number, capacity: number) {
    this.#read = read;
    this.#lifetime = lifetime;
    this.#kept = new LRUCache({
      max: capacity,
      dispose: (recent) => {
        recent.isCurrent = false;
      },
    });
  }

  /** Whether a cached read may still be used. */
  isFresh(recent: RecentRead<V>, now: number): boolean {
    return recent.isCurrent && now - recent.readAt < this.#lifetime;
  }

  /** Returns the object as it was read at most a lifetime ago, and after the last call of `forget` for it. */
  async get(id: string): Promise<RecentRead<V>> {
    const kept = this.#kept.get(id);
    if (kept !== undefined && this.isFresh(kept, Date.now())) {
      return kept;
    }
    return this.#underWay.get(id)?.done ?? this.#begin(id);
  }

  /** Call it after the object was changed, so that it is read again. */
  forget(id: string): void {
    this.#kept.delete(id);
    const underWay = this.#underWay.get(id);
    if (underWay !== undefined) {
      // It may have read the state before the change.
      underWay.recent.isCurrent = false;
      this.#underWay.delete(id);
    }
  }

  #begin(id: string): Promise<RecentRead<V>> {
    const recent: RecentRead<V> = { value: undefined, readAt: Date.now(), isCurrent: true };
    const done = this.#finish(id, recent);
    this.#underWay.set(id, { recent, done });
    return done;
  }

  async #finish(id: string, recent: RecentRead<V>): Promise<RecentRead<V>> {
    try {
      recent.value = await this.#read(id);
      if (recent.isCurrent) {
        this.#kept.set(id, recent);
      }
      return recent;
    } finally {
      if (this.#underWay.get(id)?.recent === recent) {
        this.#underWay.delete(id);
      }
    }
  }
}
