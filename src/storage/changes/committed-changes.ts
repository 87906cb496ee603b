import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import type { Channel } from '../database.ts';
import type { ChangedObject } from './changes.ts';

/** An object that was changed or deleted. */
export interface ChangedKey {
  readonly objectType: ChangedObject;
  readonly objectId: string;
}

/** Receives what a committed write changed. */
export type CommitListener = (changed: readonly ChangedKey[]) => void;

/** What a write has to announce once it is committed. */
export interface Announcement {
  readonly changed: readonly ChangedKey[];
  readonly channels: readonly Channel[];
}

/**
 * Delivers what committed writes announce to every listener in this process, whichever thread wrote. Other processes
 * do not receive it.
 */
export class CommittedChanges {
  /** The name under which the threads of this process that have the same database open reach each other. */
  readonly channelName: string;
  readonly #broadcast: BroadcastChannel;
  readonly #commitListeners: CommitListener[] = [];
  readonly #channelListeners: { readonly channel: Channel; readonly listener: () => void }[] = [];

  /** @param channelName that of the database in another thread; without it this is the first one */
  constructor(channelName: string = `muniment-changes-${randomUUID()}`) {
    this.channelName = channelName;
    this.#broadcast = new BroadcastChannel(channelName);
    this.#broadcast.addEventListener('message', (event: unknown) => {
      // Reads in this event-loop tick may have begun before the other thread's commit.
      setImmediate(() => this.#deliver((event as { readonly data: Announcement }).data));
    });
    // It must not keep a thread alive.
    this.#broadcast.unref();
  }

  onCommit(listener: CommitListener): void {
    this.#commitListeners.push(listener);
  }

  listen(channel: Channel, listener: () => void): void {
    this.#channelListeners.push({ channel, listener });
  }

  /** Calls the listeners of this thread at once and those of the other threads soon. */
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
