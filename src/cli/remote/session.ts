import { Client, type Connection } from '../../client/client.ts';
import { chooseConnection, type ConnectionFlags } from './connection.ts';
import { detailText } from './table.ts';
import { readProfiles } from './profiles.ts';
import { inform, write, writeJson } from './output.ts';

/** The flags of every command that talks to a server. */
export interface RemoteFlags extends ConnectionFlags {
  /** Whether to write JSON, and nothing else, to standard output. */
  readonly json?: true;
}

/** Returns a client of the server named by flags, environment or profile. @throws CommandFailure without credentials */
export function openClient(flags: RemoteFlags): Client {
  return clientOf(chooseConnection(flags, process.env, readProfiles()));
}

/** Returns a client of this server. Warns if the secret would be sent unencrypted over a network. */
export function clientOf(connection: Connection): Client {
  const { protocol, hostname } = new URL(connection.url);
  if (protocol === 'http:' && !/^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname)) {
    inform(`Warning: ${connection.url} is not encrypted; the secret can be intercepted.`);
  }
  return new Client(connection);
}

/** Prints one object as JSON, or as lines of name and value. */
export async function showObject(flags: RemoteFlags, object: object): Promise<void> {
  await (flags.json === true ? writeJson(object) : write(detailText(object)));
}
