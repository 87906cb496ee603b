import { Client, type Connection } from '../../client/client.ts';
import { chooseConnection, type ConnectionFlags } from './connection.ts';
import { detailText } from './table.ts';
import { readProfiles } from './profiles.ts';
import { tell, write, writeJson } from './output.ts';

/** What every command that talks to a server takes. */
export interface RemoteFlags extends ConnectionFlags {
  /** Write JSON and nothing else to standard output. */
  readonly json?: true;
}

/** A client of the server that flags, environment or profile name. @throws CommandFailure without credentials */
export function openClient(flags: RemoteFlags): Client {
  return clientOf(chooseConnection(flags, process.env, readProfiles()));
}

/** A client of this server. Says so when the secret would cross a network as it is. */
export function clientOf(connection: Connection): Client {
  const { protocol, hostname } = new URL(connection.url);
  if (protocol === 'http:' && !/^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname)) {
    tell(`Warning: ${connection.url} is not encrypted; the secret can be read on the way.`);
  }
  return new Client(connection);
}

/** Shows one object: as JSON, or as lines of name and value. */
export async function showObject(flags: RemoteFlags, object: object): Promise<void> {
  await (flags.json === true ? writeJson(object) : write(detailText(object)));
}
