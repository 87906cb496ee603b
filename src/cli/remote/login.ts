import { CommandFailure } from '../exit-codes.ts';
import { checkedUrl, credentialsOf, defaultProfile, urlOf } from './connection.ts';
import { showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { profilesFile, readProfiles, writeProfiles } from './profiles.ts';
import { ask, askSecretly, pipedSecret } from './prompt.ts';
import { clientOf, type RemoteFlags } from './session.ts';

interface LoginFlags extends RemoteFlags {
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** `muniment login`: asks for missing values, verifies the credentials, and saves them as a profile. */
export async function login(flags: LoginFlags): Promise<void> {
  const profiles = readProfiles();
  const { profile = defaultProfile } = flags;
  const isTerminal = process.stdin.isTTY;
  const url = urlOf(flags, process.env) ?? (await askedUrl(profiles[profile]?.url, isTerminal));
  const given = flags.clientId === undefined ? credentialsOf(process.env) : undefined;
  const clientId = flags.clientId ?? given?.clientId ?? (isTerminal ? await ask('Client id') : '');
  const clientSecret =
    flags.clientSecret ??
    given?.clientSecret ??
    (isTerminal ? await askSecretly('Client secret') : await pipedSecret());
  if (clientId === '' || clientSecret === '') {
    const missing =
      clientId === ''
        ? 'The client id is missing: pass it with --client-id'
        : 'The client secret is missing: pass it on standard input';
    throw new CommandFailure('wrongUse', `${missing}, or run "muniment login" on a terminal.`);
  }
  const connection = { url, clientId, clientSecret };
  const { user_name: userName, identity_id: identityId } = await clientOf(connection).signIn();
  writeProfiles({ ...profiles, [profile]: connection });
  const shown = { profile, url, clientId, userName, identityId };
  await (flags.json === true
    ? writeJson(shown)
    : write(
        `Signed in to ${url}${userName === null ? '' : ` as ${userName}`}. The profile "${profile}" was saved to ${profilesFile()}.\n`,
      ));
}

async function askedUrl(fallback: string | undefined, isTerminal: boolean): Promise<string> {
  if (!isTerminal) {
    throw new CommandFailure('wrongUse', 'The URL of the server is missing: add --url URL.');
  }
  return checkedUrl('The URL', await ask('URL of the server', fallback ?? 'http://127.0.0.1:8080'));
}

/** `muniment logout`: deletes a profile. The token remains valid until "muniment tokens revoke". */
export async function logout({ profile = defaultProfile, json }: RemoteFlags): Promise<void> {
  const { [profile]: forgotten, ...others } = readProfiles();
  if (forgotten === undefined) {
    throw new CommandFailure('notFound', `There is no profile "${profile}". "muniment profiles" lists the profiles.`);
  }
  writeProfiles(others);
  await (json === true
    ? writeJson({ profile, url: forgotten.url, clientId: forgotten.clientId })
    : write(`The profile "${profile}" was deleted. Its token remains valid until it is revoked.\n`));
}

/** `muniment profiles`: lists the profiles without their secrets. */
export async function listProfiles(flags: RemoteFlags): Promise<void> {
  const rows = Object.entries(readProfiles()).map(([profile, { url, clientId }]) => ({ profile, url, clientId }));
  await showList(
    { ...flags, all: true },
    [
      { heading: 'PROFILE', cell: ({ profile }) => profile },
      { heading: 'URL', cell: ({ url }) => url },
      { heading: 'CLIENT ID', cell: ({ clientId }) => clientId, isWhole: true },
    ],
    (async function* onePage() {
      yield rows;
    })(),
  );
}
