import pg from 'pg';
import type { Channel } from '../database.ts';

/** How long to wait before a lost connection is made again, in milliseconds. */
const pause = 1000;
const prefix = 'muniment_';

/**
 * Listens to notifications, on a connection of its own that is made when somebody listens first. While it is lost
 * nothing is heard; once it is there again every listener is called, as it may have missed something.
 */
export class Listener {
  readonly #url: string;
  readonly #listeners = new Map<() => void, Channel>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Rejects when PostgreSQL cannot be reached. */
  async listen(channel: Channel, listener: () => void): Promise<void> {
    this.#listeners.set(listener, channel);
    await (this.#client === undefined ? this.#connect() : this.#client.query(`LISTEN ${nameOf(channel)}`));
  }

  /** Calls the listeners of a channel. */
  tell(channel: Channel): void {
    for (const [listener, own] of this.#listeners) {
      if (own === channel) {
        listener();
      }
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, connectionTimeoutMillis: 10_000, keepAlive: true });
    this.#client = client;
    // What is lost while idle ends with both events.
    client.once('error', (error) => process.emitWarning(`The connection for notifications was lost: ${error.message}`));
    client.on('error', () => undefined);
    client.on('notification', ({ channel }) => this.tell(channel.slice(prefix.length) as Channel));
    await client.connect();
    client.once('end', () => this.#reconnectLater());
    for (const channel of new Set(this.#listeners.values())) {
      await client.query(`LISTEN ${nameOf(channel)}`);
    }
  }

  #reconnectLater(): void {
    if (this.#isClosed) {
      return;
    }
    this.#retry = setTimeout(() => {
      this.#connect().then(
        () => new Set(this.#listeners.values()).forEach((channel) => this.tell(channel)),
        // It is away still; requests and jobs tell of that.
        () => this.#reconnectLater(),
      );
    }, pause).unref();
  }
}

/** What a channel is called in the database. */
export function nameOf(channel: Channel): string {
  return `${prefix}${channel}`;
}
