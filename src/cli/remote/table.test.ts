import { describe, expect, test } from 'vitest';
import { cutTo, jsonText, printable, widthOf } from './printable.ts';
import { type Column, detailText, Table } from './table.ts';

interface Row {
  readonly name: string | null;
  readonly id: string;
}

const columns: readonly Column<Row>[] = [
  { heading: 'NAME', cell: ({ name }) => name },
  { heading: 'ID', cell: ({ id }) => id, isWhole: true },
];

describe('a table', () => {
  test('cuts nothing in a pipe; later pages have no headings', () => {
    const table = new Table(columns, undefined);
    expect(table.page([{ name: 'Short', id: '1' }])).toBe('NAME   ID\nShort  1\n');
    expect(table.page([{ name: 'Much longer', id: '2' }])).toBe('Much longer  2\n');
  });

  test('fits a terminal and never cuts an id', () => {
    const row = { name: 'A name that is far too long', id: 'x'.repeat(32) };
    const lines = new Table(columns, 50).page([row]).split('\n');
    expect(lines[1]).toBe(`A name that is …  ${row.id}`);
    expect(new Table(columns, 10).page([row])).toContain(`A name …  ${row.id}`);
  });

  test('counts columns, not characters', () => {
    const lines = new Table(columns, undefined).page([
      { name: '日本', id: '1' },
      { name: 'e\u0301', id: '2' },
      { name: null, id: '3' },
    ]);
    expect(lines).toBe('NAME  ID\n日本  1\ne\u0301     2\n      3\n');
  });

  test('replaces control characters', () => {
    expect(new Table(columns, undefined).page([{ name: 'a\u001B[31mb\nc\u202Ed\u009B', id: '1' }])).toContain(
      'a\uFFFD[31mb c\uFFFDd\uFFFD  1\n',
    );
    expect(detailText({ name: 'a\u001B]0;b', nested: { c: 1 }, none: undefined })).toBe(
      'name    a\uFFFD]0;b\nnested  {"c":1}\n',
    );
    expect(printable('a\nb\rc')).toBe('a\nb\uFFFDc');
    expect(jsonText({ a: '\u009B\u001B' })).toBe(String.raw`{"a":"\u009b\u001b"}`);
  });

  test('cuts to columns', () => {
    expect(cutTo('abc', 3)).toBe('abc');
    expect(cutTo('abcd', 3)).toBe('ab…');
    expect(widthOf(cutTo('日本語', 4))).toBe(3);
  });
});
