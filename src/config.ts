import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { nearest } from './likeness.ts';

/** The prefix of all settings. */
const prefix = 'MUNIMENT_';

/** Returns the setting that a misspelt name may mean: the allowed distance depends on the length after the prefix. */
export function settingMeantBy(name: string, known: readonly string[]): string | undefined {
  return nearest(name, known, Math.min(3, Math.ceil((name.length - prefix.length) / 2)));
}

/** How one setting is parsed and documented. */
interface Setting<T> {
  /** The name of the environment variable and in a settings file. */
  readonly variable: string;
  /** Its meaning, in one sentence. */
  readonly help: string;
  /** The allowed values, for messages. */
  readonly allowed: string;
  /** The default as text, if there is one. `$X` is replaced with the value of another setting. */
  readonly default?: string;
  /** Returns the value, or undefined if the text is invalid. */
  readonly parse: (text: string) => T | undefined;
  /** Never shown in messages. */
  readonly secret?: boolean;
}

function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

function wholeNumber(minimum: number, maximum: number): Pick<Setting<number>, 'allowed' | 'parse'> {
  return {
    allowed: `a whole number from ${minimum} to ${maximum}`,
    parse: (text) => {
      const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      return number >= minimum && number <= maximum ? number : undefined;
    },
  };
}

function oneOf<const T extends string>(...values: readonly T[]): Pick<Setting<T>, 'allowed' | 'parse'> {
  return { allowed: values.join(', '), parse: (text) => values.find((value) => value === text) };
}

const someText: Pick<Setting<string>, 'allowed' | 'parse'> = {
  allowed: 'any non-empty text',
  parse: (text) => (text.trim() === '' ? undefined : text),
};

const onOrOff: Pick<Setting<boolean>, 'allowed' | 'parse'> = {
  allowed: 'on, off',
  parse: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
};

function hexDigits(digits: number): Pick<Setting<string>, 'allowed' | 'parse'> {
  return {
    allowed: `${digits} lower-case hexadecimal digits`,
    parse: (text) => (new RegExp(`^[0-9a-f]{${digits}}$`).test(text) ? text : undefined),
  };
}

/** Every setting. Flag, environment variable, settings file and documentation are derived from its entry. */
export const settings = {
  host: setting({
    variable: 'MUNIMENT_HOST',
    help: 'The address to listen on.',
    ...someText,
    default: '127.0.0.1',
  }),
  port: setting({
    variable: 'MUNIMENT_PORT',
    help: 'The port to listen on; 0 chooses a free one.',
    ...wholeNumber(0, 65535),
    default: '8080',
  }),
  publicUrl: setting({
    variable: 'MUNIMENT_PUBLIC_URL',
    help: 'The URL under which clients reach the server, without a trailing slash. Default: the listen address.',
    allowed: 'an http:// or https:// URL',
    parse: (text) => (/^https?:\/\/[^/]+/.test(text) && URL.canParse(text) ? text.replace(/\/+$/, '') : undefined),
  }),
  tlsProxy: setting({
    variable: 'MUNIMENT_TLS_PROXY',
    help: 'Whether a proxy in front of the server terminates TLS for other machines.',
    ...onOrOff,
    default: 'off',
  }),
  dataDir: setting({
    variable: 'MUNIMENT_DATA_DIR',
    help: 'The folder of the embedded database and of uploads whose task has not ended.',
    allowed: 'a path',
    parse: (text) => (text === '' ? undefined : resolve(text)),
    default: 'muniment-data',
  }),
  databaseUrl: setting({
    variable: 'MUNIMENT_DATABASE_URL',
    help: 'The database: an SQLite file, or PostgreSQL 15 or later. Default: an SQLite file in the data directory.',
    allowed: 'sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE',
    parse: (text) => (/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(text) ? text : undefined),
    secret: true,
  }),
  orgName: setting({
    variable: 'MUNIMENT_ORG',
    help: 'The organisation name in tokens and /oauth/info.',
    ...someText,
    default: 'muniment',
  }),
  podName: setting({
    variable: 'MUNIMENT_POD',
    help: 'The pod name in tokens and /oauth/info.',
    ...someText,
    default: 'local',
  }),
  tenantName: setting({
    variable: 'MUNIMENT_TENANT',
    help: 'The tenant name in /oauth/info.',
    ...someText,
    default: 'Muniment',
  }),
  bootstrapClientId: setting({
    variable: 'MUNIMENT_BOOTSTRAP_CLIENT_ID',
    help: 'The id of the personal access token created at the first start. Default: generated and printed once.',
    ...hexDigits(32),
  }),
  bootstrapClientSecret: setting({
    variable: 'MUNIMENT_BOOTSTRAP_CLIENT_SECRET',
    help: 'The secret of that token. Default: generated and printed once.',
    ...hexDigits(64),
    secret: true,
  }),
  rateLimit: setting({
    variable: 'MUNIMENT_RATE_LIMIT',
    help: 'Requests allowed in 10 seconds per client id and API family; 0 disables the limit. ISC allows 100.',
    ...wholeNumber(0, 1_000_000),
    default: '0',
  }),
  tokenLifetime: setting({
    variable: 'MUNIMENT_TOKEN_LIFETIME',
    help: 'The lifetime of an access token, in seconds. Some clients renew it 300 seconds early.',
    ...wholeNumber(1, 86_400),
    default: '749',
  }),
  uploadLimit: setting({
    variable: 'MUNIMENT_UPLOAD_LIMIT',
    help: 'The maximum size of an uploaded file, in bytes.',
    ...wholeNumber(1024, Number.MAX_SAFE_INTEGER),
    default: String(2 * 1024 ** 3),
  }),
  detailsRows: setting({
    variable: 'MUNIMENT_DETAILS_ROWS',
    help: 'The maximum number of rows of a file with details of entitlements.',
    ...wholeNumber(1, 1_000_000),
    default: '100000',
  }),
  readers: setting({
    variable: 'MUNIMENT_READERS',
    help: 'The number of threads (SQLite) or connections (PostgreSQL) for lists and counts.',
    ...wholeNumber(1, 64),
    default: '2',
  }),
  taskLease: setting({
    variable: 'MUNIMENT_TASK_LEASE',
    help: 'Seconds after which another server on the same PostgreSQL database takes over the tasks and jobs of an unresponsive server.',
    ...wholeNumber(1, 3600),
    default: '30',
  }),
  concurrentTasks: setting({
    variable: 'MUNIMENT_CONCURRENT_TASKS',
    help: 'Tasks of different sources that one server runs at once; a large import takes some 600 MB of memory.',
    ...wholeNumber(1, 16),
    default: '2',
  }),
  changeRetentionDays: setting({
    variable: 'MUNIMENT_CHANGE_RETENTION_DAYS',
    help: 'The number of days for which changes are kept; 0 keeps them forever.',
    ...wholeNumber(0, 36_500),
    default: '0',
  }),
  logLevel: setting({
    variable: 'MUNIMENT_LOG_LEVEL',
    help: 'The minimum severity of log entries.',
    ...oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
  }),
  requestLog: setting({
    variable: 'MUNIMENT_REQUEST_LOG',
    help: 'Whether to log a line for every request.',
    ...onOrOff,
    default: 'on',
  }),
} as const;

type Settings = typeof settings;
type SettingName = keyof Settings;
type ValueOf<S> = S extends { parse: (text: string) => infer T } ? Exclude<T, undefined> : never;
type Optional = 'publicUrl' | 'bootstrapClientId' | 'bootstrapClientSecret';

/** The settings of one server. */
export type Config = {
  readonly [Name in Exclude<SettingName, Optional>]: ValueOf<Settings[Name]>;
} & {
  readonly [Name in Optional]: ValueOf<Settings[Name]> | undefined;
} & {
  /** Where each setting's value comes from, for messages: the flag, the variable, the line of a file, or the default. */
  readonly givenBy: Readonly<Record<SettingName, string>>;
};

/** An invalid setting, which prevents the start. Its message is one line: name, value, allowed values. */
export class SettingError extends Error {
  /** Whether the cause may be temporary, such as an unreachable database. */
  readonly passes: boolean;

  constructor(message: string, { passes = false, ...options }: ErrorOptions & { readonly passes?: boolean } = {}) {
    super(message, options);
    this.passes = passes;
  }
}

type Texts = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings. Flags override the environment, which overrides the settings file, which overrides the defaults.
 * @param flags values by setting name, from the command line
 * @param environment usually `process.env`; an empty variable counts as unset
 * @param file path of a file of `NAME=VALUE` lines, if any
 * @param defaults values by setting name that override the built-in defaults
 * @throws SettingError for an invalid value, an unknown name in the file, or an unreadable file
 */
export function readConfig(flags: Texts, environment: Texts, file: string | undefined, defaults: Texts = {}): Config {
  const fromFile = file === undefined ? new Map<string, LineOfFile>() : readSettingsFile(file);
  const values: Record<string, unknown> = {};
  const givenBy: Record<string, string> = {};
  for (const [name, definition] of Object.entries(settings) as [string, Setting<unknown>][]) {
    const { variable } = definition;
    const inEnvironment = isServiceLink(variable, environment[variable]) ? undefined : environment[variable];
    const inFile = fromFile.get(variable);
    const candidates = [
      [flagOf(name), flags[name]],
      [variable, nonEmpty(inEnvironment)],
      [`${variable} (${inFile?.place})`, nonEmpty(inFile?.text)],
      [`${variable} (default)`, defaults[name] ?? definition.default],
    ] as const;
    const [giver, text] = candidates.find(([, given]) => given !== undefined) ?? [`${variable} (default)`, undefined];
    givenBy[name] = giver;
    if (text === undefined) {
      continue;
    }
    const value = definition.parse(text);
    if (value === undefined) {
      const shown = definition.secret === true ? '(not shown)' : JSON.stringify(text);
      throw new SettingError(`${giver} is ${shown}. It must be ${definition.allowed}.`);
    }
    values[name] = value;
  }
  values['databaseUrl'] ??= `sqlite:${resolve(String(values['dataDir']), 'muniment.sqlite')}`;
  return { ...values, givenBy } as unknown as Config;
}

/**
 * Returns whether a variable has the form that Kubernetes sets in every container for a service called "muniment":
 * `MUNIMENT_PORT=tcp://10.0.0.1:8080`. It is not meant as a setting.
 */
export function isServiceLink(variable: string, text: string | undefined): boolean {
  return variable.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(text ?? '');
}

/** Returns the command-line flag of a setting: `dataDir` is `--data-dir`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

interface LineOfFile {
  readonly text: string | undefined;
  /** Its file and line, for messages. */
  readonly place: string;
}

function readSettingsFile(file: string): ReadonlyMap<string, LineOfFile> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingError(`The settings file "${file}" cannot be read: ${(error as Error).message}.`);
  }
  // Windows editors start a file with a byte order mark.
  text = text.replace(/^\uFEFF/, '');
  const lines = text.split(/\r?\n/);
  const broken = lines.findIndex((line) => !/^\s*(#|$|(export\s+)?\w+\s*=)/.test(line));
  if (broken >= 0) {
    throw new SettingError(`Line ${broken + 1} of the settings file "${file}" is not NAME=VALUE.`);
  }
  const known = Object.values(settings).map(({ variable }) => variable as string);
  const read = Object.entries(parseEnv(text)).map(([name, value]): [string, LineOfFile] => {
    // If a name occurs twice, the last line wins.
    const line = lines.findLastIndex((candidate) => /^\s*(?:export\s+)?(\w+)/.exec(candidate)?.[1] === name) + 1;
    if (!known.includes(name)) {
      const meant = settingMeantBy(name, known);
      const advice = meant === undefined ? `The settings are ${known.join(', ')}.` : `Did you mean ${meant}?`;
      throw new SettingError(
        `Line ${line} of the settings file "${file}" sets ${name}, which is not a setting. ${advice}`,
      );
    }
    return [name, { text: value, place: `line ${line} of "${file}"` }];
  });
  return new Map(read);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
