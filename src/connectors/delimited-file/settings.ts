/**
 * The settings of a delimited file, kept in the source's `connectorAttributes`: under these names for account files,
 * with `group.` before them for entitlement files (`group.delimiter`). Each stands alone: a group file does not
 * take over the account setting. Null and '' mean "not set". Values may come as strings ("true", "2").
 *
 * | name             | default | meaning                                                                     |
 * |------------------|---------|-----------------------------------------------------------------------------|
 * | delimiter        | ,       | the character between two values; a tab is written `\t`, `tab` or `\u0009`  |
 * | quote            | "       | the character around a value, doubled inside it; `none` for no quoting      |
 * | encoding         | utf-8   | utf-8, utf-16, utf-16le, utf-16be, iso-8859-1; a byte order mark overrides  |
 * | commentCharacter | none    | lines that begin with it are skipped                                        |
 * | skipLines        | 0       | lines before the header that are skipped                                    |
 * | hasHeader        | true    | false: no header, the columns are the schema's attributes in their order    |
 *
 * No comment character by default: a value that begins with `#` in the first column must not vanish unseen.
 */
import { shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import type { ConnectorAttributes } from '../connector.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type Settings = {
  /** '' for account files, 'group.' for entitlement files: put before a setting's name in messages. */
  readonly prefix: '' | 'group.';
  readonly delimiter: string;
  /** Null: quotes are ordinary characters. */
  readonly quote: string | null;
  readonly encoding: Encoding;
  readonly commentCharacter: string | null;
  readonly skipLines: number;
  readonly hasHeader: boolean;
};

/**
 * ISO-8859-1 is read as its superset windows-1252: real files under that name hold the typographic quotes and the
 * euro sign of Windows, and never the control characters ISO-8859-1 has in their place.
 */
const encodings: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  'utf-16le': 'utf-16le',
  utf16le: 'utf-16le',
  'utf-16be': 'utf-16be',
  utf16be: 'utf-16be',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
};

/** Each setting as data; the documentation is made from it. */
export const settingDefinitions = [
  { name: 'delimiter', default: ',', help: 'The character between two values. A tab is written \\t, tab or \\u0009.' },
  {
    name: 'quote',
    default: '"',
    help: 'The character around a value that holds delimiters or line breaks; doubled where the value itself holds it. none: no quoting.',
  },
  {
    name: 'encoding',
    default: 'utf-8',
    help: `One of ${Object.keys(encodings).join(', ')}; ISO-8859-1 is read as windows-1252, its superset. A byte order mark in the file overrides it.`,
  },
  {
    name: 'commentCharacter',
    default: 'none',
    help: 'Lines that begin with this character are skipped. none: every line counts.',
  },
  { name: 'skipLines', default: '0', help: 'How many lines before the header are skipped, 0 to 10000.' },
  {
    name: 'hasHeader',
    default: 'true',
    help: "false: the file has no header; its columns are the schema's attributes in their order.",
  },
] as const;

type SettingName = (typeof settingDefinitions)[number]['name'];

export const allowedEncodings = 'utf-8, utf-16, utf-16le, utf-16be or iso-8859-1';

const maximumSkipLines = 10_000;

/**
 * The settings for files of one schema: those of account files for the schema `account`, of entitlement files else.
 * Throws `illegalValue` that names the attribute, its value and what is allowed.
 */
export function parseSettings(connectorAttributes: ConnectorAttributes, schemaName: string): Settings {
  const prefix = schemaName === 'account' ? '' : 'group.';
  const value = (name: SettingName): unknown => connectorAttributes[prefix + name];
  const settings: Settings = {
    prefix,
    delimiter: parseCharacter(prefix + 'delimiter', value('delimiter'), ',', false) ?? ',',
    quote: parseCharacter(prefix + 'quote', value('quote'), '"', true),
    encoding: parseEncoding(prefix + 'encoding', value('encoding')),
    commentCharacter: parseCharacter(prefix + 'commentCharacter', value('commentCharacter'), null, true),
    skipLines: parseSkipLines(prefix + 'skipLines', value('skipLines')),
    hasHeader: parseBoolean(prefix + 'hasHeader', value('hasHeader'), true),
  };
  checkDifferent(settings, 'quote', ['delimiter']);
  checkDifferent(settings, 'commentCharacter', ['delimiter', 'quote']);
  return settings;
}

function parseCharacter(name: string, value: unknown, fallback: string | null, mayBeNone: boolean): string | null {
  if (isUnset(value)) return fallback;
  if (mayBeNone && value === 'none') return null;
  const character = typeof value === 'string' ? unescapeCharacter(value) : '';
  if ([...character].length !== 1 || /[\r\n\0]|\p{Cs}/u.test(character)) {
    throw wrongSetting(name, value, `one character${mayBeNone ? ', or "none"' : ', for a tab "\\t"'}`);
  }
  return character;
}

/** People cannot type a tab into most forms, so its usual spellings stand for it. */
function unescapeCharacter(text: string): string {
  if (text === '\\t' || text.toLowerCase() === 'tab') return '\t';
  const hex = /^\\u([0-9a-f]{4})$/i.exec(text)?.[1];
  return hex === undefined ? text : String.fromCharCode(Number.parseInt(hex, 16));
}

function parseEncoding(name: string, value: unknown): Encoding {
  if (isUnset(value)) return 'utf-8';
  const label = typeof value === 'string' ? value.trim().toLowerCase() : '';
  const encoding = Object.hasOwn(encodings, label) ? encodings[label] : undefined;
  if (encoding === undefined) throw wrongSetting(name, value, allowedEncodings);
  return encoding;
}

function parseSkipLines(name: string, value: unknown): number {
  if (isUnset(value)) return 0;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > maximumSkipLines) {
    throw wrongSetting(name, value, `a whole number from 0 to ${maximumSkipLines}`);
  }
  return number;
}

function parseBoolean(name: string, value: unknown, fallback: boolean): boolean {
  if (isUnset(value)) return fallback;
  const text = String(value).toLowerCase();
  if (text !== 'true' && text !== 'false') throw wrongSetting(name, value, 'true or false');
  return text === 'true';
}

function checkDifferent(
  settings: Settings,
  name: 'quote' | 'commentCharacter',
  others: readonly ('delimiter' | 'quote')[],
): void {
  for (const other of others) {
    if (settings[name] !== null && settings[name] === settings[other]) {
      const allowed = `a character other than that of "${settings.prefix}${other}"`;
      throw wrongSetting(settings.prefix + name, settings[name], allowed);
    }
  }
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function wrongSetting(name: string, value: unknown, allowed: string): Error {
  return illegalValue(`connectorAttributes "${name}" is ${shortened(JSON.stringify(value))}. Allowed: ${allowed}.`);
}
