import { describe, expect, test } from 'vitest';
import { MunimentError } from '../../errors.ts';
import { chooseSchema, matchHeader, parseHeader, readHeader } from './header.ts';
import { parseSettings } from './settings.ts';
import { groupSchema, writeFile } from '../../../tests/support/delimited-files.ts';

const settings = parseSettings({}, 'group');
const group = groupSchema(['id', 'name', 'description']);

function refusal(action: () => unknown): { text: string; causes: readonly string[] } {
  try {
    action();
  } catch (error) {
    if (error instanceof MunimentError) {
      expect([error.status, error.detailCode]).toEqual([400, '400.1.3 Illegal value']);
      return { text: error.message, causes: error.causes };
    }
    throw error;
  }
  throw new Error('not refused');
}

describe('readHeader', () => {
  test('returns the trimmed names after a byte order mark, skipped, comment and blank lines', async () => {
    const file = writeFile('\uFEFFreport of "today\r\n\r\n; made by hand\r\n id ,"full, name"\r\n1,2\r\n');
    const attributes = { 'group.skipLines': 1, 'group.commentCharacter': ';' };
    expect(await readHeader(file, parseSettings(attributes, 'group'))).toEqual(['id', 'full, name']);
  });

  test('reads no further than the header', async () => {
    const file = writeFile(Buffer.concat([Buffer.from(`id,name\n${'1,2\n'.repeat(200_000)}`), Buffer.of(0xff)]));
    expect(await readHeader(file, settings)).toEqual(['id', 'name']);
  });

  test.each(['', '\n\r\n \n', '\uFEFF', ' , ,\n'])('rejects %j with "has no header"', async (content) => {
    await expect(readHeader(writeFile(content), settings)).rejects.toThrow('The file has no header: it is empty');
  });

  test('gives up after the first MiB', async () => {
    await expect(readHeader(writeFile('\n'.repeat(2_000_000) + 'id\n'), settings)).rejects.toThrow('its first MiB');
  });

  test('reports an unnamed column, a repeated column, and UTF-16 read as UTF-8', async () => {
    await expect(readHeader(writeFile('id,name,\n'), settings)).rejects.toThrow('Column 3 of the header has no name.');
    await expect(readHeader(writeFile('id,name, id\n'), settings)).rejects.toThrow(
      'Column "id" occurs twice in the header.',
    );
    await expect(readHeader(writeFile(Buffer.from('id,name\n', 'utf16le')), settings)).rejects.toThrow(
      'The header in line 1 has a NUL character in column 1. A file with NUL characters is usually UTF-16: ' +
        'set connectorAttributes "group.encoding" to utf-16.',
    );
  });

  test('reports a missing file', async () => {
    await expect(readHeader('/nowhere/at-all.csv', settings)).rejects.toThrow(
      'The uploaded file cannot be opened: ENOENT',
    );
  });
});

describe('matchHeader', () => {
  test('requires only the key column, and returns the other missing ones', () => {
    expect(matchHeader(['description', 'id'], group)).toEqual({
      columns: ['description', 'id'],
      unknown: [],
      missing: [],
      absent: ['name'],
    });
    expect(matchHeader(['name', 'colour'], group)).toMatchObject({ unknown: ['colour'], missing: ['id'] });
  });

  test('matches the exact name first, then ignoring case', () => {
    expect(matchHeader(['ID', 'Name'], group)).toMatchObject({ columns: ['id', 'name'], unknown: [] });
    expect(matchHeader(['ID', 'id'], group)).toMatchObject({ unknown: ['ID'], missing: [] });
    expect(matchHeader(['Id', 'ID'], group)).toMatchObject({ columns: ['id', 'ID'], unknown: ['ID'] });
    expect(matchHeader(['Id'], groupSchema(['id', 'ID']))).toMatchObject({ unknown: ['Id'], missing: ['id'] });
    expect(matchHeader(['Id', 'ID'], groupSchema(['id', 'ID']))).toMatchObject({ columns: ['id', 'ID'], unknown: [] });
  });

  test('accepts the column permissions if the schema includes permissions', () => {
    expect(matchHeader(['id', 'permissions'], group).unknown).toEqual(['permissions']);
    expect(matchHeader(['id', 'permissions'], { ...group, includePermissions: true }).unknown).toEqual([]);
  });

  test('trims the names of columns', () => {
    expect(parseHeader([' id', 'name\t'])).toEqual(['id', 'name']);
  });
});

describe('chooseSchema', () => {
  const role = groupSchema(['id', 'name', 'description', 'level'], 'role');

  test('returns the only matching schema', () => {
    expect(chooseSchema(['id', 'level'], [group, role], settings)).toBe(role);
  });

  test('prefers the only schema whose columns are all present', () => {
    expect(chooseSchema(['id', 'name', 'description'], [role, group], settings)).toBe(group);
  });

  test('does not guess between several', () => {
    expect(refusal(() => chooseSchema(['id', 'name'], [group, role], settings)).text).toBe(
      'The header matches the schemas "group", "role". Select one of them with the part "objectType".',
    );
    expect(
      refusal(() =>
        chooseSchema(
          ['id', 'name', 'description'],
          [group, groupSchema(['id', 'name', 'description'], 'team')],
          settings,
        ),
      ).text,
    ).toBe('The header matches the schemas "group", "team". Select one of them with the part "objectType".');
  });

  test("has ISC's message if the only candidate does not match", () => {
    expect(refusal(() => chooseSchema(['a', 'name', 'b'], [group], settings))).toEqual({
      text: 'Column: "[a, b]" is unknown and/or column: "[id]" is missing',
      causes: ['The columns of schema "group" are [id, name, description]. "id" is required, the others are optional.'],
    });
  });

  test('names every candidate if none matches', () => {
    expect(refusal(() => chooseSchema(['x', 'y'], [group, role], settings))).toEqual({
      text: 'The header [x, y] matches none of the schemas "group", "role".',
      causes: [
        'Schema "group": Column: "[x, y]" is unknown and/or column: "[id]" is missing',
        'Schema "role": Column: "[x, y]" is unknown and/or column: "[id]" is missing',
      ],
    });
  });

  test('does not repeat long headers', () => {
    const header = Array.from({ length: 2000 }, (_, index) => `${index}${'x'.repeat(1000)}`);
    const short = (index: number): string => `${index}${'x'.repeat(1000)}`.slice(0, 60);
    const { text } = refusal(() => chooseSchema(header, [group], settings));
    expect(text).toMatch(/unknown and\/or column: "\[id\]" is missing$/);
    expect(text).toContain(`${short(0)}…, ${short(1)}…, `);
    expect(text).toContain(`${short(19)}…, … and 1980 more]`);
    expect(refusal(() => chooseSchema(header, [group, role], settings)).text.length).toBeLessThan(2000);
  });

  test('suggests another delimiter if the header is a single column', () => {
    expect(refusal(() => chooseSchema(['id,name'], [group], { ...settings, delimiter: ';' })).causes.at(-1)).toBe(
      'The header was split at ";". If the file uses ",", set connectorAttributes "group.delimiter" to it.',
    );
    expect(refusal(() => chooseSchema(['id;name'], [group], settings)).causes.at(-1)).toBe(
      'The header was split at ",". If the file uses ";", set connectorAttributes "group.delimiter" to it.',
    );
  });
});
