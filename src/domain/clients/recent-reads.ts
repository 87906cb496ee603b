import { LRUCache } from 'lru-cache';

/** What was read of one object a moment ago. */
export interface RecentRead<V> {
  /** Undefined: the object did not exist. */
  value: V | undefined;
  /** When it was asked for, in UTC milliseconds. */
  readonly readAt: number;
  /** Whether it is still kept: false once it was forgotten, evicted, or read again. */
  isCurrent: boolean;
}

/** Keeps what was read of objects for a short time, by their ids. Requests that arrive together share one read. */
export class RecentReads<V> {
  readonly #read: (id: string) => Promise<V | undefined>;
  readonly #lifetime: number;
  readonly #kept: LRUCache<string, RecentRead<V>>;
  readonly #underWay = new Map<string, { readonly recent: RecentRead<V>; readonly done: Promise<RecentRead<V>> }>();

  /**
   * @param read reads an object from the database
   * @param lifetime how long a read may be used, in milliseconds
   * @param capacity how many objects are kept
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

  /** Whether a read may still be used. */
  isFresh(recent: RecentRead<V>, now: number): boolean {
    return recent.isCurrent && now - recent.readAt < this.#lifetime;
  }

  /** The object as it was read at most a lifetime ago, and after `forget` was last called for it. */
  async get(id: string): Promise<RecentRead<V>> {
    const kept = this.#kept.get(id);
    if (kept !== undefined && this.isFresh(kept, Date.now())) {
      return kept;
    }
    return this.#underWay.get(id)?.done ?? this.#begin(id);
  }

  /** Call after the object was changed: it is read again when it is next asked for. */
  forget(id: string): void {
    this.#kept.delete(id);
    const underWay = this.#underWay.get(id);
    if (underWay !== undefined) {
      // It may have seen what was there before the change.
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
