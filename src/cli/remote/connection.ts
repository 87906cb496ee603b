import type { Connection } from '../../client/client.ts';
import { shortened } from '../../error-text.ts';
import { CommandFailure } from '../exit-codes.ts';
import type { Profiles } from './profiles.ts';

/** The profile that is used if none is named. */
export const defaultProfile = 'default';

/** The flags that select server and credentials. */
export interface ConnectionFlags {
  readonly url?: string;
  readonly profile?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the server and the credentials to use. A named profile overrides the environment. Otherwise the URL is that of
 * `--url`, MUNIMENT_URL, SAIL_BASE_URL, or the profile "default"; the credentials are SAIL_CLIENT_ID and
 * SAIL_CLIENT_SECRET, or those of the profile if its URL is the same. The credentials of a profile are never sent to
 * another URL, and credentials from the environment are never sent to a URL that comes from a profile.
 * @throws CommandFailure that says what to do
 */
export function chooseConnection(flags: ConnectionFlags, environment: Environment, profiles: Profiles): Connection {
  if (flags.profile !== undefined) {
    refuseUnknown(flags.profile, flags.url, profiles);
    return connectionOfProfile(flags.profile, flags.url, profiles);
  }
  const url = urlOf(flags, environment);
  const credentials = url === undefined ? undefined : credentialsOf(environment);
  if (url !== undefined && credentials !== undefined) {
    return { url, ...credentials };
  }
  if (url === undefined && !Object.hasOwn(profiles, defaultProfile)) {
    throw new CommandFailure(
      'notAllowed',
      'No server is configured. Run "muniment login", or set MUNIMENT_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET.',
    );
  }
  return connectionOfProfile(defaultProfile, url, profiles);
}

/** Returns the URL from the flags or the environment. @throws CommandFailure if it is not a URL */
export function urlOf(flags: ConnectionFlags, environment: Environment): string | undefined {
  const given = [
    ['--url', flags.url],
    ['MUNIMENT_URL', environment['MUNIMENT_URL']],
    ['SAIL_BASE_URL', environment['SAIL_BASE_URL']],
  ] as const;
  const [name, text] = given.find(([, value]) => value !== undefined && value !== '') ?? [];
  return text === undefined ? undefined : checkedUrl(name ?? '', text);
}

/** Returns the URL without a trailing slash. @throws CommandFailure if it cannot be the base URL of a server */
export function checkedUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url === undefined || !isPlain || !['http:', 'https:'].includes(url.protocol)) {
    throw new CommandFailure(
      'wrongUse',
      `${name} is "${shortened(text)}". It must be the address of a server, such as http://127.0.0.1:8080.`,
    );
  }
  const [, family] = /(\/(?:beta|v\d+|muniment|muniment\/v1))\/*$/.exec(url.pathname) ?? [];
  if (family !== undefined) {
    throw new CommandFailure(
      'wrongUse',
      `${name} is "${shortened(text)}". It must be the base URL of the server: leave out ${family}.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Returns the credentials from the environment. @throws CommandFailure if only one of the two is set */
export function credentialsOf(environment: Environment): Omit<Connection, 'url'> | undefined {
  const clientId = environment['SAIL_CLIENT_ID'] ?? '';
  const clientSecret = environment['SAIL_CLIENT_SECRET'] ?? '';
  if (clientId === '' && clientSecret === '') {
    return undefined;
  }
  if (clientId === '' || clientSecret === '') {
    const [set, missing] = clientId === '' ? ['SECRET', 'ID'] : ['ID', 'SECRET'];
    throw new CommandFailure(
      'wrongUse',
      `SAIL_CLIENT_${set} is set but SAIL_CLIENT_${missing} is not. Set both or none.`,
    );
  }
  return { clientId, clientSecret };
}

/** If the profile was named explicitly, the message does not suggest other credentials. */
function refuseUnknown(name: string, url: string | undefined, profiles: Profiles): void {
  if (!Object.hasOwn(profiles, name)) {
    const known = Object.keys(profiles).map((profile) => `"${profile}"`);
    const address = url === undefined ? '' : ` --url ${url}`;
    throw new CommandFailure(
      'notAllowed',
      `There is no profile "${name}". ${known.length === 0 ? 'There are no profiles yet' : `The profiles are ${known.join(', ')}`}. ` +
        `"muniment login${address} --profile ${name}" creates it.`,
    );
  }
}

function connectionOfProfile(name: string, url: string | undefined, profiles: Profiles): Connection {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile === undefined) {
    const address = url === undefined ? '' : ` --url ${url}`;
    throw new CommandFailure(
      'notAllowed',
      `There are no credentials: no profile "${name}". Run "muniment login${address}", or set SAIL_CLIENT_ID and SAIL_CLIENT_SECRET.`,
    );
  }
  if (url !== undefined && checkedUrl('--url', url) !== profile.url) {
    throw new CommandFailure(
      'notAllowed',
      `The profile "${name}" is for ${profile.url} and is not used for ${url}. ` +
        `Run "muniment login --url ${url} --profile NAME" and use that profile, or set SAIL_CLIENT_ID and SAIL_CLIENT_SECRET.`,
    );
  }
  return profile;
}
