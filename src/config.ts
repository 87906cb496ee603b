import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { nearest } from './likeness.ts';

/** What the names of settings begin with. */
const prefix = 'MUNIMENT_';

/** The setting that a name may be meant for: few letters away from it, as seen by how many follow the prefix. */
export function settingMeantBy(name: string, known: readonly string[]): string | undefined {
  return nearest(name, known, Math.min(3, Math.ceil((name.length - prefix.length) / 2)));
}

/** How one setting is read, and all that its documentation needs. */
interface Setting<T> {
  /** The environment variable, and the name in a settings file. */
  readonly variable: string;
  /** What it is for, in one sentence. */
  readonly help: string;
  /** What a value may be, in words. */
  readonly allowed: string;
  /** The default as text; absent: there is none. `$X` stands for the value of another setting. */
  readonly default?: string;
  /** The value, or undefined when the text is not allowed. */
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
  allowed: 'any text that is not empty',
  parse: (text) => (text.trim() === '' ? undefined : text),
};

const onOrOff: Pick<Setting<boolean>, 'allowed' | 'parse'> = {
  allowed: 'on, off',
  parse: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
};

function hexDigits(digits: number): Pick<Setting<string>, 'allowed' | 'parse'> {
  return {
    allowed: `${digits} hexadecimal digits in lower case`,
    parse: (text) => (new RegExp(`^[0-9a-f]{${digits}}$`).test(text) ? text : undefined),
  };
}

/** Every setting. A setting is one entry here: flag, environment variable, file and documentation follow. */
export const settings = {
  host: setting({
    variable: 'MUNIMENT_HOST',
    help: 'The address to listen on.',
    ...someText,
    default: '127.0.0.1',
  }),
  port: setting({
    variable: 'MUNIMENT_PORT',
    help: 'The port to listen on; 0 takes a free one.',
    ...wholeNumber(0, 65535),
    default: '8080',
  }),
  publicUrl: setting({
    variable: 'MUNIMENT_PUBLIC_URL',
    help: 'The URL under which clients reach the server, without a slash at its end. Default: the address listened on.',
    allowed: 'an http:// or https:// URL',
    parse: (text) => (/^https?:\/\/[^/]+/.test(text) && URL.canParse(text) ? text.replace(/\/+$/, '') : undefined),
  }),
  tlsProxy: setting({
    variable: 'MUNIMENT_TLS_PROXY',
    help: 'States that a proxy in front encrypts what comes from other machines.',
    ...onOrOff,
    default: 'off',
  }),
  dataDir: setting({
    variable: 'MUNIMENT_DATA_DIR',
    help: 'The folder of the embedded database and of uploads that wait for their task.',
    allowed: 'a path',
    parse: (text) => (text === '' ? undefined : resolve(text)),
    default: 'muniment-data',
  }),
  databaseUrl: setting({
    variable: 'MUNIMENT_DATABASE_URL',
    help: 'The database: the embedded one in a file, or PostgreSQL 15 and later. Default: sqlite: in the data directory.',
    allowed: 'sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE',
    parse: (text) => (/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(text) ? text : undefined),
    secret: true,
  }),
  orgName: setting({
    variable: 'MUNIMENT_ORG',
    help: 'The organisation, as tokens and /oauth/info name it.',
    ...someText,
    default: 'muniment',
  }),
  podName: setting({
    variable: 'MUNIMENT_POD',
    help: 'The pod, as tokens and /oauth/info name it.',
    ...someText,
    default: 'local',
  }),
  tenantName: setting({
    variable: 'MUNIMENT_TENANT',
    help: 'The tenant, as /oauth/info names it.',
    ...someText,
    default: 'Muniment',
  }),
  bootstrapClientId: setting({
    variable: 'MUNIMENT_BOOTSTRAP_CLIENT_ID',
    help: 'The id of the personal access token made at the first start. Default: generated and printed once.',
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
    help: 'Requests in 10 seconds for each client id and API family; 0 is no limit. ISC has 100.',
    ...wholeNumber(0, 1_000_000),
    default: '0',
  }),
  tokenLifetime: setting({
    variable: 'MUNIMENT_TOKEN_LIFETIME',
    help: 'Seconds for which an access token is valid. Some clients renew 300 seconds early.',
    ...wholeNumber(1, 86_400),
    default: '749',
  }),
  uploadLimit: setting({
    variable: 'MUNIMENT_UPLOAD_LIMIT',
    help: 'The largest uploaded file, in bytes.',
    ...wholeNumber(1024, Number.MAX_SAFE_INTEGER),
    default: String(2 * 1024 ** 3),
  }),
  readers: setting({
    variable: 'MUNIMENT_READERS',
    help: 'Threads (embedded database) or connections (PostgreSQL) for lists and counts.',
    ...wholeNumber(1, 64),
    default: '2',
  }),
  taskLease: setting({
    variable: 'MUNIMENT_TASK_LEASE',
    help: 'Seconds without a sign of life after which another server on the same PostgreSQL takes over a task or other job.',
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
    help: 'Days for which changes are kept in the record; 0 keeps them for ever.',
    ...wholeNumber(0, 36_500),
    default: '0',
  }),
  logLevel: setting({
    variable: 'MUNIMENT_LOG_LEVEL',
    help: 'The least severe log entries to write.',
    ...oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
  }),
  requestLog: setting({
    variable: 'MUNIMENT_REQUEST_LOG',
    help: 'Whether every request is logged in one line.',
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
  /** What gave each setting its value, for messages: the flag, the variable, the line of a file, or the default. */
  readonly givenBy: Readonly<Record<SettingName, string>>;
};

/** A setting that stops the start. Its message is one line: name, value, what is allowed. */
export class SettingError extends Error {
  /** Whether the setting may be right and what it names be back soon: a database that does not answer. */
  readonly passes: boolean;

  constructor(message: string, { passes = false, ...options }: ErrorOptions & { readonly passes?: boolean } = {}) {
    super(message, options);
    this.passes = passes;
  }
}

type Texts = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings: flags first, then the environment, then the settings file, then the defaults.
 * @param flags values by setting name, as the command line gave them
 * @param environment usually `process.env`; an empty variable counts as not set
 * @param file path of a file of `NAME=VALUE` lines, if any
 * @param defaults values by setting name that go before the usual defaults
 * @throws SettingError for a value that is not allowed, an unknown name in the file, or a file that cannot be read
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
 * Whether a variable is set as Kubernetes sets it for every container beside a service that is called "muniment":
 * `MUNIMENT_PORT=tcp://10.0.0.1:8080`. That is no setting, and nobody means it as one.
 */
export function isServiceLink(variable: string, text: string | undefined): boolean {
  return variable.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(text ?? '');
}

/** The command line flag of a setting: `dataDir` is `--data-dir`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

interface LineOfFile {
  readonly text: string | undefined;
  /** Where it stands, in words. */
  readonly place: string;
}

function readSettingsFile(file: string): ReadonlyMap<string, LineOfFile> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingError(`The settings file "${file}" cannot be read: ${(error as Error).message}.`);
  }
  // Editors of Windows begin a file with the mark of its encoding.
  text = text.replace(/^\uFEFF/, '');
  const lines = text.split(/\r?\n/);
  const broken = lines.findIndex((line) => !/^\s*(#|$|(export\s+)?\w+\s*=)/.test(line));
  if (broken >= 0) {
    throw new SettingError(`Line ${broken + 1} of the settings file "${file}" is not NAME=VALUE.`);
  }
  const known = Object.values(settings).map(({ variable }) => variable as string);
  const read = Object.entries(parseEnv(text)).map(([name, value]): [string, LineOfFile] => {
    // Of two lines the last one counts.
    const line = lines.findLastIndex((candidate) => /^\s*(?:export\s+)?(\w+)/.exec(candidate)?.[1] === name) + 1;
    if (!known.includes(name)) {
      const meant = settingMeantBy(name, known);
      const advice = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`;
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
