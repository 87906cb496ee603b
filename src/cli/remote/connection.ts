import type { Connection } from '../../client/client.ts';
import { shortened } from '../../error-text.ts';
import { CommandFailure } from '../exit-codes.ts';
import type { Profiles } from './profiles.ts';

/** The profile that is used when none is named. */
export const defaultProfile = 'default';

/** What of a command line says whom to ask. */
export interface ConnectionFlags {
  readonly url?: string;
  readonly profile?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Which server is asked, and as whom. A named profile goes before the environment. Otherwise the URL is that of
 * `--url`, MUNIMENT_URL, SAIL_BASE_URL, or the profile "default"; the credentials are SAIL_CLIENT_ID and
 * SAIL_CLIENT_SECRET, or the profile's if it was made for that URL. What a profile holds never goes elsewhere, and
 * credentials of the environment never go to a URL that nobody but the profile names.
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
      'No server is named. Run "muniment login", or set MUNIMENT_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET.',
    );
  }
  return connectionOfProfile(defaultProfile, url, profiles);
}

/** The URL that flags or the environment name. @throws CommandFailure when it is none */
export function urlOf(flags: ConnectionFlags, environment: Environment): string | undefined {
  const given = [
    ['--url', flags.url],
    ['MUNIMENT_URL', environment['MUNIMENT_URL']],
    ['SAIL_BASE_URL', environment['SAIL_BASE_URL']],
  ] as const;
  const [name, text] = given.find(([, value]) => value !== undefined && value !== '') ?? [];
  return text === undefined ? undefined : checkedUrl(name ?? '', text);
}

/** The URL without a slash at its end. @throws CommandFailure when it is no address of a server */
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

/** The credentials that the environment holds. @throws CommandFailure when it has only half of them */
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

/** Other credentials do not help whoever asked for a profile by its name. */
function refuseUnknown(name: string, url: string | undefined, profiles: Profiles): void {
  if (!Object.hasOwn(profiles, name)) {
    const known = Object.keys(profiles).map((profile) => `"${profile}"`);
    const address = url === undefined ? '' : ` --url ${url}`;
    throw new CommandFailure(
      'notAllowed',
      `There is no profile "${name}". ${known.length === 0 ? 'There are none yet' : `There are ${known.join(', ')}`}. ` +
        `"muniment login${address} --profile ${name}" makes it.`,
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
      `The profile "${name}" was made for ${profile.url} and is not used for ${url}. ` +
        `Run "muniment login --url ${url} --profile NAME" and name that profile, or set SAIL_CLIENT_ID and SAIL_CLIENT_SECRET.`,
    );
  }
  return profile;
}
