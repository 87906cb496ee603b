import { describe, expect, test } from 'vitest';
import { MunimentError } from '../../errors.ts';
import { parseSettings, settingDefinitions } from './settings.ts';

function refusal(connectorAttributes: Record<string, unknown>): string {
  try {
    parseSettings(connectorAttributes, 'group');
  } catch (error) {
    if (error instanceof MunimentError && error.status === 400) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('parseSettings', () => {
  test('has a default for everything', () => {
    expect(parseSettings({}, 'group')).toEqual({
      prefix: 'group.',
      delimiter: ',',
      quote: '"',
      encoding: 'utf-8',
      commentCharacter: null,
      skipLines: 0,
      hasHeader: true,
    });
  });

  test('accepts the documented defaults as values', () => {
    const documented = Object.fromEntries(
      settingDefinitions.map((definition) => [`group.${definition.name}`, definition.default]),
    );
    expect(parseSettings(documented, 'group')).toEqual(parseSettings({}, 'group'));
  });

  test('reads group. names for group schemas of any name and plain names for the account schema', () => {
    const attributes = { delimiter: ';', 'group.delimiter': '|' };
    expect(parseSettings(attributes, 'role').delimiter).toBe('|');
    expect(parseSettings(attributes, 'account').delimiter).toBe(';');
    expect(parseSettings({ delimiter: ';' }, 'group').delimiter).toBe(',');
  });

  test('takes numbers and booleans as strings too, null and the empty string as not set', () => {
    const text = { 'group.skipLines': '2', 'group.hasHeader': 'False', 'group.delimiter': '', 'group.quote': null };
    expect(parseSettings(text, 'group')).toMatchObject({ skipLines: 2, hasHeader: false, delimiter: ',', quote: '"' });
    expect(parseSettings({ 'group.skipLines': 3, 'group.hasHeader': false }, 'group')).toMatchObject({
      skipLines: 3,
      hasHeader: false,
    });
  });

  test.each(['\t', '\\t', 'tab', 'TAB', '\\u0009'])('takes %j as a tab', (value) => {
    expect(parseSettings({ 'group.delimiter': value }, 'group').delimiter).toBe('\t');
  });

  test('takes a delimiter outside the basic plane as one character', () => {
    expect(parseSettings({ 'group.delimiter': '🦉' }, 'group').delimiter).toBe('🦉');
  });

  test.each([
    ['UTF-8', 'utf-8'],
    ['utf16', 'utf-16le'],
    ['UTF-16BE', 'utf-16be'],
    ['ISO-8859-1', 'windows-1252'],
    ['Latin1', 'windows-1252'],
  ])('takes the encoding %s', (value, encoding) => {
    expect(parseSettings({ 'group.encoding': value }, 'group').encoding).toBe(encoding);
  });

  test('turns quoting off with none', () => {
    expect(parseSettings({ 'group.quote': 'none' }, 'group').quote).toBeNull();
  });

  test.each([
    [
      { 'group.delimiter': ';;' },
      'connectorAttributes "group.delimiter" is ";;". Allowed: one character, for a tab "\\t".',
    ],
    [
      { 'group.delimiter': '\n' },
      'connectorAttributes "group.delimiter" is "\\n". Allowed: one character, for a tab "\\t".',
    ],
    [
      { 'group.delimiter': 'none' },
      'connectorAttributes "group.delimiter" is "none". Allowed: one character, for a tab "\\t".',
    ],
    [
      { 'group.delimiter': '\\ud83e' },
      'connectorAttributes "group.delimiter" is "\\\\ud83e". Allowed: one character, for a tab "\\t".',
    ],
    [{ 'group.quote': 5 }, 'connectorAttributes "group.quote" is 5. Allowed: one character, or "none".'],
    [
      { 'group.encoding': 'ebcdic' },
      'connectorAttributes "group.encoding" is "ebcdic". Allowed: utf-8, utf-16, utf-16le, utf-16be or iso-8859-1.',
    ],
    [
      { 'group.skipLines': -1 },
      'connectorAttributes "group.skipLines" is -1. Allowed: a whole number from 0 to 10000.',
    ],
    [
      { 'group.skipLines': 'two' },
      'connectorAttributes "group.skipLines" is "two". Allowed: a whole number from 0 to 10000.',
    ],
    [{ 'group.hasHeader': 'yes' }, 'connectorAttributes "group.hasHeader" is "yes". Allowed: true or false.'],
    [
      { 'group.delimiter': '|', 'group.quote': '|' },
      'connectorAttributes "group.quote" is "|". Allowed: a character other than that of "group.delimiter".',
    ],
    [
      { 'group.commentCharacter': ',' },
      'connectorAttributes "group.commentCharacter" is ",". Allowed: a character other than that of "group.delimiter".',
    ],
  ])('refuses %j', (attributes, text) => {
    expect(refusal(attributes)).toBe(text);
  });

  test('does not take names of Object.prototype for encodings', () => {
    expect(refusal({ 'group.encoding': 'constructor' })).toMatch('is "constructor"');
  });
});
