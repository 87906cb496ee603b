import { describe, expect, test } from 'vitest';
import { CommandFailure } from '../exit-codes.ts';
import { chooseConnection, type ConnectionFlags } from './connection.ts';
import type { Profiles } from './profiles.ts';

const profiles: Profiles = {
  default: { url: 'http://kept', clientId: 'kept-id', clientSecret: 'kept-secret' },
  other: { url: 'https://other', clientId: 'other-id', clientSecret: 'other-secret' },
};
const credentials = { SAIL_CLIENT_ID: 'env-id', SAIL_CLIENT_SECRET: 'env-secret' };

describe('the connection of a command', () => {
  test.each<[ConnectionFlags, Record<string, string>, string]>([
    [{}, {}, 'kept-id at http://kept'],
    [{ profile: 'other' }, {}, 'other-id at https://other'],
    [{ profile: 'other' }, { ...credentials, MUNIMENT_URL: 'http://env' }, 'other-id at https://other'],
    [{ profile: 'other', url: 'https://other/' }, {}, 'other-id at https://other'],
    [{ url: 'http://kept/' }, {}, 'kept-id at http://kept'],
    [
      { url: 'http://flag' },
      { ...credentials, MUNIMENT_URL: 'http://a', SAIL_BASE_URL: 'http://b' },
      'env-id at http://flag',
    ],
    [{}, { ...credentials, MUNIMENT_URL: 'http://a', SAIL_BASE_URL: 'http://b' }, 'env-id at http://a'],
    [{}, { ...credentials, MUNIMENT_URL: '', SAIL_BASE_URL: 'http://b/iga/' }, 'env-id at http://b/iga'],
    // Credentials of the environment never go to a URL that only the profile names.
    [{}, credentials, 'kept-id at http://kept'],
  ])('%j with %j is %s', (flags, environment, expected) => {
    const { clientId, url } = chooseConnection(flags, environment, profiles);
    expect(`${clientId} at ${url}`).toBe(expected);
  });

  test.each<[ConnectionFlags, Record<string, string>, Profiles, number, RegExp]>([
    [{}, {}, {}, 3, /Run "muniment login"/],
    [{ url: 'http://a' }, {}, {}, 3, /Run "muniment login --url http:\/\/a"/],
    [{ url: 'http://elsewhere' }, {}, profiles, 3, /is for http:\/\/kept and is not used for http:\/\/elsewhere/],
    [{}, { SAIL_BASE_URL: 'http://elsewhere' }, profiles, 3, /is not used for http:\/\/elsewhere/],
    [{ profile: 'other', url: 'http://kept' }, {}, profiles, 3, /is for https:\/\/other/],
    [
      { profile: 'missing' },
      credentials,
      profiles,
      3,
      /no profile "missing"\. The profiles are "default", "other"\. "muniment/,
    ],
    [{ profile: 'missing' }, {}, {}, 3, /There are no profiles yet\. "muniment login --profile missing" creates it\.$/],
    [{ url: 'http://a/v2025' }, credentials, profiles, 2, /must be the base URL of the server: leave out \/v2025\.$/],
    [{ url: 'http://a/iga/beta/' }, credentials, profiles, 2, /leave out \/beta\.$/],
    [{ url: 'http://a/muniment/v1' }, credentials, profiles, 2, /leave out \/muniment\/v1\.$/],
    [{ profile: 'toString' }, {}, profiles, 3, /no profile "toString"/],
    [{ url: 'http://a' }, { SAIL_CLIENT_ID: 'x' }, profiles, 2, /SAIL_CLIENT_SECRET is not/],
    [{ url: 'http://a' }, { SAIL_CLIENT_SECRET: 'x' }, profiles, 2, /SAIL_CLIENT_ID is not/],
    [{ url: 'ftp://a' }, credentials, profiles, 2, /--url is "ftp:\/\/a"/],
    [{ url: 'http://user:password@a' }, credentials, profiles, 2, /must be the address/],
    [{}, { ...credentials, MUNIMENT_URL: 'nonsense' }, profiles, 2, /MUNIMENT_URL is "nonsense"/],
  ])('%j with %j fails with advice', (flags, environment, known, code, text) => {
    expect.assertions(3);
    try {
      chooseConnection(flags, environment, known);
    } catch (error) {
      expect(error).toBeInstanceOf(CommandFailure);
      expect(error).toMatchObject({ exitCode: code, message: expect.stringMatching(text) });
      expect((error as Error).message).not.toMatch(/(kept|other|env)-secret/);
    }
  });
});
