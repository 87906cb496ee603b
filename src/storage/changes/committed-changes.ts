import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import type { Channel } from '../database.ts';
import type { ChangedObject } from './changes.ts';

/** An object that was changed or deleted. */
export interface ChangedKey {
  readonly objectType: ChangedObject;
  readonly objectId: string;
}

/** Receives the objects that a committed write changed. */
export type CommitListener = (changed: readonly ChangedKey[]) => void;

/** The changed objects and notified channels of a committed write. */
export interface Announcement {
  readonly changed: readonly ChangedKey[];
  readonly channels: readonly Channel[];
}

/**
 * Delivers the announcements of committed writes to all listeners in this process, whichever thread wrote. Other
 * processes do not receive them.
 */
export class CommittedChanges {
  /** The broadcast channel of the threads of this process that have the same database open. */
  readonly channelName: string;
  readonly #broadcast: BroadcastChannel;
  readonly #commitListeners: CommitListener[] = [];
  readonly #channelListeners: { readonly channel: Channel; readonly listener: () => void }[] = [];

  /** @param channelName `channelName` of the first thread; absent in the first thread */
  constructor(channelName: string = `muniment-changes-${randomUUID()}`) {
    this.channelName = channelName;
    this.#broadcast = new BroadcastChannel(channelName);
    this.#broadcast.addEventListener('message', (event: unknown) => {
      // Reads in this event-loop tick may have begun before the other thread's commit.
      setImmediate(() => this.#deliver((event as { readonly data: Announcement }).data));
    });
    // The channel must not keep a thread alive.
    this.#broadcast.unref();
  }

  onCommit(listener: CommitListener): void {
    this.#commitListeners.push(listener);
  }

  listen(channel: Channel, listener: () => void): void {
    this.#channelListeners.push({ channel, listener });
  }

  /** Calls the listeners of this thread immediately, and those of the other threads soon. */
  publish(announcement: Announcement): void {
    if (announcement.changed.length > 0 || announcement.channels.length > 0) {
      this.#deliver(announcement);
      this.#broadcast.postMessage(announcement);
    }
  }

  close(): void {
    this.#broadcast.close();
  }

  #deliver({ changed, channels }: Announcement): void {
    if (changed.length > 0) {
      this.#commitListeners.forEach((listener) => listener(changed));
    }
    for (const { channel, listener } of this.#channelListeners) {
      if (channels.includes(channel)) {
        listener();
      }
    }
  }
}
