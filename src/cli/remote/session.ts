import { Client } from '../../client/client.ts';
import { chooseConnection, type ConnectionFlags } from './connection.ts';
import { detailText } from './table.ts';
import { readProfiles } from './profiles.ts';
import { write, writeJson } from './output.ts';

/** What every command that talks to a server takes. */
export interface RemoteFlags extends ConnectionFlags {
  /** Write JSON and nothing else to standard output. */
  readonly json?: true;
}

/** A client of the server that flags, environment or profile name. @throws CommandFailure without credentials */
export function openClient(flags: RemoteFlags): Client {
  return new Client(chooseConnection(flags, process.env, readProfiles()));
}

/** Shows one object: as JSON, or as lines of name and value. */
export async function showObject(flags: RemoteFlags, object: object): Promise<void> {
  await (flags.json === true ? writeJson(object) : write(detailText(object)));
}
