import pg from 'pg';
import type { Channel } from '../database.ts';

/** The delay before reconnecting, in milliseconds. */
const pause = 1000;
const prefix = 'muniment_';

/**
 * Listens to notifications on its own connection, which is opened at the first `listen`. While the connection is lost,
 * no notifications arrive. After it is reestablished every listener is called, as it may have missed one.
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

  /** Rejects if PostgreSQL is unavailable. */
  async listen(channel: Channel, listener: () => void): Promise<void> {
    this.#listeners.set(listener, channel);
    await (this.#client === undefined ? this.#connect() : this.#client.query(`LISTEN ${nameOf(channel)}`));
  }

  /** Calls the listeners of a channel. */
  #callListeners(channel: Channel): void {
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
    // A connection that is lost while idle emits both `error` and `end`.
    client.once('error', (error) => process.emitWarning(`The connection for notifications was lost: ${error.message}`));
    client.on('error', () => undefined);
    client.on('notification', ({ channel }) => this.#callListeners(channel.slice(prefix.length) as Channel));
    try {
      await client.connect();
      client.once('end', () => this.#reconnectLater());
      for (const channel of new Set(this.#listeners.values())) {
        await client.query(`LISTEN ${nameOf(channel)}`);
      }
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  #reconnectLater(): void {
    // A connection that is lost during LISTEN both ends and makes `#connect` reject.
    if (this.#isClosed || this.#retry !== undefined) {
      return;
    }
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#connect().then(
        () => new Set(this.#listeners.values()).forEach((channel) => this.#callListeners(channel)),
        // PostgreSQL is still unavailable; requests and jobs report that.
        () => this.#reconnectLater(),
      );
    }, pause).unref();
  }
}

/** Returns the name of a channel in the database. */
export function nameOf(channel: Channel): string {
  return `${prefix}${channel}`;
}
