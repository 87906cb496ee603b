import { describe, expect, test } from 'vitest';
import { MunimentError } from '../../errors.ts';
import { ConnectorError } from '../connector.ts';
import { delimitedFileConnector, readDelimitedFile } from './delimited-file.ts';
import { groupSchema, readAll, writeFile } from '../../../tests/support/delimited-files.ts';

const schema = groupSchema(['id', 'name', 'description']);

async function failure(content: string | Buffer, connectorAttributes: Record<string, unknown> = {}): Promise<string> {
  try {
    await readAll(writeFile(content), schema, connectorAttributes);
  } catch (error) {
    if (error instanceof ConnectorError) return error.message;
    throw error;
  }
  return 'read';
}

describe('rows', () => {
  test.each(['\n', '\r\n', '\r'])('end with %j', async (end) => {
    const file = writeFile(['id,name', '1,one', '2,two'].join(end));
    expect(await readAll(file, schema)).toEqual({
      columns: ['id', 'name'],
      rows: [
        { line: 2, cells: ['1', 'one'] },
        { line: 3, cells: ['2', 'two'] },
      ],
      badRows: [],
    });
  });

  test.each([1, 2, 3, 7, undefined])(
    'keep their line numbers after line breaks in quotes, blank, comment and skipped lines (%s bytes at a time)',
    async (chunkBytes) => {
      const content =
        'made "today\r\nby hand\rid,name\r\n\r\n#,"no\r\n"1\r\none","a\nb\rc\r\n\r\nd"\r\n\n , \n"2","""x"" ""y"""\n3,z\n\n4\n5,é🦉';
      const attributes = { 'group.skipLines': 2, 'group.commentCharacter': '#' };
      expect(await readAll(writeFile(content), schema, attributes, chunkBytes)).toEqual({
        columns: ['id', 'name'],
        rows: [
          { line: 6, cells: ['1\r\none', 'a\nb\rc\r\n\r\nd'] },
          { line: 14, cells: ['2', '"x" "y"'] },
          { line: 15, cells: ['3', 'z'] },
          { line: 18, cells: ['5', 'é🦉'] },
        ],
        badRows: [{ line: 17, problem: '1 column where the header has 2' }],
      });
    },
  );

  test('with too few or too many columns are bad', async () => {
    const { rows, badRows } = await readAll(writeFile('id,name\n1\n2,b,c\n3,d\n'), schema);
    expect(rows).toEqual([{ line: 4, cells: ['3', 'd'] }]);
    expect(badRows).toEqual([
      { line: 2, problem: '1 column where the header has 2' },
      { line: 3, problem: '3 columns where the header has 2' },
    ]);
  });

  test('may contain a stray quote in an unquoted value', async () => {
    const { rows, badRows } = await readAll(writeFile('id,name\n1,5" disk\n2,a"b"c\n'), schema);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['1', '5" disk'],
      ['2', 'a"b"c'],
    ]);
    expect(badRows).toEqual([]);
  });

  test('with text after a closing quote are bad, because the quote may include several rows', async () => {
    const { rows, badRows } = await readAll(
      writeFile('id,name,description\n1,"5 disk,x\n2,"two",y\n3,"three" ,z\n4,four,z\n'),
      schema,
    );
    expect(rows).toEqual([{ line: 5, cells: ['4', 'four', 'z'] }]);
    expect(badRows).toEqual([
      { line: 2, problem: 'text after a closing quote in column 2' },
      { line: 4, problem: 'text after a closing quote in column 2' },
    ]);
  });

  test('may start with a quoted quote, even next to a bad row with the same text', async () => {
    const { rows, badRows } = await readAll(writeFile('id,name\n1,"""a"" b"\n2,"a" b\n3,"""a"" b"\n'), schema);
    expect(rows.map(({ line, cells }) => [line, cells[1]])).toEqual([
      [2, '"a" b'],
      [4, '"a" b'],
    ]);
    expect(badRows.map(({ line }) => line)).toEqual([3]);
  });

  test('may contain the comment character anywhere except at the start', async () => {
    const file = writeFile('id,name\n1,a#b\n#2,b\n3,#c\n');
    const { rows } = await readAll(file, schema, { 'group.commentCharacter': '#' });
    expect(rows.map(({ line, cells }) => [line, cells[1]])).toEqual([
      [2, 'a#b'],
      [4, '#c'],
    ]);
  });

  test.each([1, undefined])(
    'are counted after a skipped line that ends with CRLF (%s bytes at a time)',
    async (chunkBytes) => {
      const { rows } = await readAll(writeFile('title\r\nid\r\n1\r\n'), schema, { 'group.skipLines': 1 }, chunkBytes);
      expect(rows).toEqual([{ line: 3, cells: ['1'] }]);
    },
  );

  test('with a NUL character are bad', async () => {
    const { rows, badRows } = await readAll(writeFile('id,name\n1,a\n2,b\0\n3,c\n'), schema);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(badRows).toEqual([{ line: 3, problem: 'a NUL character in column 2' }]);
  });

  test('that start with # are values unless a comment character is set', async () => {
    expect((await readAll(writeFile('id,name\n#1,a\n'), schema)).rows).toEqual([{ line: 2, cells: ['#1', 'a'] }]);
  });

  test('keep spaces around values, and values that look like numbers or dates', async () => {
    const { rows } = await readAll(writeFile('id,name,description\n 01 ,1e3,2024-01-02\n'), schema);
    expect(rows[0]?.cells).toEqual([' 01 ', '1e3', '2024-01-02']);
  });

  test('of a file without a header have the columns of the schema', async () => {
    const read = await readAll(writeFile('1,one,x\n2,two\n'), schema, { 'group.hasHeader': false });
    expect(read).toEqual({
      columns: ['id', 'name', 'description'],
      rows: [{ line: 1, cells: ['1', 'one', 'x'] }],
      badRows: [{ line: 2, problem: '2 columns where the schema has 3' }],
    });
  });

  test('keep quotes when quoting is off', async () => {
    const { rows } = await readAll(writeFile('id,name\n1,"a\n2,"b"\n'), schema, { 'group.quote': 'none' });
    expect(rows.map(({ cells }) => cells[1])).toEqual(['"a', '"b"']);
  });
});

describe('batches', () => {
  test('contain at most 500 rows and report the bytes read', async () => {
    const file = writeFile(
      `id,name\n${Array.from({ length: 40_000 }, (_, index) => `${index},name of ${index}\n`).join('')}`,
    );
    let rows = 0;
    let read = 0;
    let total: number | null = 0;
    for await (const batch of readDelimitedFile({ file, connectorAttributes: {}, schema })) {
      expect(batch.rows.length).toBeLessThanOrEqual(500);
      expect(batch.bytesRead).toBeGreaterThanOrEqual(read);
      rows += batch.rows.length;
      read = batch.bytesRead;
      total = batch.bytesTotal;
    }
    expect(rows).toBe(40_000);
    expect(read).toBe(total);
    expect(total).toBeGreaterThan(512 * 1024);
  });

  test('contain every bad row once', async () => {
    const { badRows } = await readAll(writeFile(`id,name\n${'1\n'.repeat(1200)}`), schema);
    expect(badRows.map(({ line }) => line)).toEqual(Array.from({ length: 1200 }, (_, index) => index + 2));
  });

  test('are yielded once for a header without rows', async () => {
    for (const content of ['id,name', 'id,name\n', '\uFEFFid,name\r\n\r\n']) {
      expect(await readAll(writeFile(content), schema)).toEqual({ columns: ['id', 'name'], rows: [], badRows: [] });
    }
  });

  test('can be abandoned early', async () => {
    const file = writeFile(`id,name\n${'1,2\n'.repeat(200_000)}`);
    for await (const batch of readDelimitedFile({ file, connectorAttributes: {}, schema })) {
      expect(batch.rows).toHaveLength(500);
      break;
    }
  });
});

describe('encodings', () => {
  const text = 'id,name\n1,Zürich €\n';
  const expected = [{ line: 2, cells: ['1', 'Zürich €'] }];
  const swapped = (value: string): Buffer => Buffer.from(value, 'utf16le').swap16();

  test.each([
    ['UTF-8', Buffer.from(text), undefined],
    ['UTF-8 with byte order mark', Buffer.from(`\uFEFF${text}`), undefined],
    ['UTF-8 with byte order mark against the setting', Buffer.from(`\uFEFF${text}`), 'iso-8859-1'],
    ['UTF-16LE with byte order mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), undefined],
    ['UTF-16BE with byte order mark', swapped(`\uFEFF${text}`), undefined],
    ['UTF-16 without byte order mark', Buffer.from(text, 'utf16le'), 'utf-16'],
    ['UTF-16BE without byte order mark', swapped(text), 'utf-16be'],
    ['Latin-1', Buffer.from(text.replace('€', '\x80'), 'latin1'), 'iso-8859-1'],
  ])('%s', async (_name, bytes, encoding) => {
    expect((await readAll(writeFile(bytes), schema, { 'group.encoding': encoding })).rows).toEqual(expected);
    expect((await readAll(writeFile(bytes), schema, { 'group.encoding': encoding }, 1)).rows).toEqual(expected);
  });
});

describe('a read fails as a whole', () => {
  test('inside a quoted value at the end', async () => {
    const text = 'The file may be truncated; or close the quote, or set connectorAttributes "group.quote"';
    expect(await failure('id,name\n1,a\n2,"b\n3,c\n')).toMatch(
      `The file ends inside a quoted value that starts in line 3. ${text}`,
    );
    expect(await failure('id,"name')).toMatch('starts in line 1. The');
  });

  test.each<[where: string, content: string, line: number, attributes?: Record<string, unknown>]>([
    ['after blank and comment lines', 'id,name\n1,a\n\n#"c\n\n2,"b\n3,c\n', 6],
    ['in the third line of its row', 'id,name\r\n"1\r\n2\r\n3",a,"b\r\nc\r\n', 4],
    ['after a quote that is an ordinary character', 'id,name\n5" disk,""\n6,x"\n7,"""y\n', 4],
    ['after skipped lines', 'x\ny\nid,name\n1,"', 4, { 'group.skipLines': 2 }],
  ])('inside a quoted value, with the line where it starts: %s', async (_where, content, line, attributes = {}) => {
    for (const chunkBytes of [1, undefined]) {
      const settings = { 'group.commentCharacter': '#', ...attributes };
      const read = readAll(writeFile(content), schema, settings, chunkBytes);
      await expect(read).rejects.toThrow(`ends inside a quoted value that starts in line ${line}. The`);
    }
  });

  test('at a byte that is not UTF-8, wherever chunks end', async () => {
    const bytes = Buffer.concat([Buffer.from('id,name\r\n1,é\n2,'), Buffer.of(0xe9), Buffer.from('t\n')]);
    const text =
      'The file cannot be decoded as utf-8 at byte 17, line 3. Save it as utf-8, or set connectorAttributes "group.encoding" ' +
      'to its encoding: utf-8, utf-16, utf-16le, utf-16be or iso-8859-1.';
    expect(await failure(bytes)).toBe(text);
    for (const chunkBytes of [1, 2, 5])
      await expect(readAll(writeFile(bytes), schema, {}, chunkBytes)).rejects.toThrow(text);
    expect(await failure(Buffer.concat([Buffer.from('id\nx'), Buffer.of(0xf0, 0x9f)]))).toMatch('at byte 5, line 2');
  });

  test('at a lone surrogate and at an incomplete character', async () => {
    const lone = Buffer.concat([Buffer.from('\uFEFFid\nx', 'utf16le'), Buffer.of(0x00, 0xd8, 0x41, 0x00)]);
    expect(await failure(lone)).toMatch('cannot be decoded as utf-16le after byte 2');
    expect(await failure(Buffer.concat([Buffer.from('\uFEFFid\n', 'utf16le'), Buffer.of(0x41)]))).toMatch(
      'cannot be decoded as utf-16le',
    );
  });

  test('at a row that does not end', async () => {
    expect(await failure(`id,name\n1,"${'x'.repeat(17 * 1024 * 1024)}`)).toMatch(
      'The row that starts in line 2 is longer than 16777216 bytes.',
    );
  });

  test('without a header, with a bad header, and with one that does not match', async () => {
    expect(await failure('')).toMatch('has no header');
    const long =
      'The row that starts in line 3 should be the header, but does not end within the first MiB of the file.';
    expect(await failure(`\n\n${'x'.repeat(2 * 1024 * 1024)}`)).toMatch(long);
    expect(await failure('\n'.repeat(2 * 1024 * 1024))).toMatch('has no header');
    expect(await failure('id,"na" me\n')).toMatch('The header in line 1 has text after a closing quote in column 2.');
    expect(await failure('id,colour\n')).toBe('Column: "[colour]" is unknown and/or column: "[]" is missing');
  });
});

describe('matchSchema', () => {
  const match = (content: string | Buffer, schemas = [schema], connectorAttributes = {}): Promise<unknown> =>
    delimitedFileConnector.matchSchema({ file: writeFile(content), connectorAttributes, schemas });

  test('finds the schema by the header', async () => {
    const role = groupSchema(['id', 'level'], 'role');
    expect(await match('id;level\n', [schema, role], { 'group.delimiter': ';' })).toBe(role);
  });

  test('throws a 400 for an invalid header', async () => {
    await expect(match('')).rejects.toThrow(MunimentError);
    await expect(match('')).rejects.toThrow('has no header');
    await expect(match(Buffer.from('PK\x03\x04'))).rejects.toThrow(
      'The file is an Excel workbook or a ZIP archive, not',
    );
    await expect(match(Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).rejects.toThrow('The file is an Excel workbook, not');
    await expect(match(Buffer.of(0x1f, 0x8b, 8))).rejects.toThrow('The file is compressed by gzip, not text.');
    const noHeader = { 'group.hasHeader': false };
    await expect(match(Buffer.from('PK\x03\x04'), [schema], noHeader)).rejects.toThrow(MunimentError);
    await expect(match('id', [])).rejects.toThrow('The source has no schema for this file.');
    await expect(match('id', [{ ...schema, identityAttribute: null }])).rejects.toThrow(
      'Schema "group" has no identityAttribute.',
    );
  });

  test('without a header requires a single candidate', async () => {
    const attributes = { 'group.hasHeader': 'false' };
    expect(await match('1,2,3\n', [schema], attributes)).toBe(schema);
    await expect(match('1,2\n', [schema, groupSchema(['id'], 'role')], attributes)).rejects.toThrow(
      'schemas "group", "role"',
    );
  });
});

describe('the connector', () => {
  test('checks the settings of accounts and groups', () => {
    expect(() =>
      delimitedFileConnector.checkAttributes({ delimiter: ';', mergeRows: true, file: 'Empty' }),
    ).not.toThrow();
    expect(() => delimitedFileConnector.checkAttributes({ delimiter: ';;' })).toThrow(
      'connectorAttributes "delimiter" is ";;"',
    );
    expect(() => delimitedFileConnector.checkAttributes({ 'group.hasHeader': 1 })).toThrow(
      'connectorAttributes "group.hasHeader" is 1',
    );
  });
});
