import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import type { ChangedObject } from './changes.ts';

/** An object that was changed or deleted. */
export interface ChangedKey {
  readonly objectType: ChangedObject;
  readonly objectId: string;
}

/** Told what a write changed that was committed. */
export type CommitListener = (changed: readonly ChangedKey[]) => void;

/**
 * What committed writes changed, told to every subscriber in this process, whichever thread wrote. Other processes do
 * not hear of it.
 */
export class CommittedChanges {
  /** The name under which the threads of this process that have the same database open reach each other. */
  readonly channelName: string;
  readonly #channel: BroadcastChannel;
  readonly #listeners: CommitListener[] = [];

  /** @param channelName that of the database in another thread; without it this is the first one */
  constructor(channelName: string = `muniment-changes-${randomUUID()}`) {
    this.channelName = channelName;
    this.#channel = new BroadcastChannel(channelName);
    this.#channel.addEventListener('message', (event: unknown) => {
      // Reads of this turn of the event loop may have begun before the other thread's commit.
      setImmediate(() => this.#tell((event as { readonly data: readonly ChangedKey[] }).data));
    });
    // It must not keep a thread alive.
    this.#channel.unref();
  }

  subscribe(listener: CommitListener): void {
    this.#listeners.push(listener);
  }

  /** Tells every subscriber of this thread at once and those of the others soon. */
  publish(changed: readonly ChangedKey[]): void {
    if (changed.length > 0) {
      this.#tell(changed);
      this.#channel.postMessage(changed);
    }
  }

  close(): void {
    this.#channel.close();
  }

  #tell(changed: readonly ChangedKey[]): void {
    for (const listener of this.#listeners) {
      listener(changed);
    }
  }
}
