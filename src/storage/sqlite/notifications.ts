import { BroadcastChannel } from 'node:worker_threads';
import { resolve } from 'node:path';
import type { Channel } from '../database.ts';

/** Notifications between the threads of this process that have the same file open. */
export class Notifications {
  readonly #name: string;
  readonly #sender: BroadcastChannel;
  readonly #receivers: BroadcastChannel[] = [];

  constructor(file: string) {
    this.#name = `muniment:${resolve(file)}`;
    this.#sender = new BroadcastChannel(this.#name);
    this.#sender.unref();
  }

  send(channel: Channel): void {
    this.#sender.postMessage(channel);
  }

  listen(channel: Channel, listener: () => void): void {
    // A sender does not hear itself: each listener has a receiver of its own.
    const receiver = new BroadcastChannel(this.#name);
    receiver.unref();
    receiver.addEventListener('message', (event) => {
      if ((event as MessageEvent).data === channel) {
        listener();
      }
    });
    this.#receivers.push(receiver);
  }

  close(): void {
    this.#sender.close();
    this.#receivers.forEach((receiver) => receiver.close());
  }
}
