import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MunimentError } from '../../errors.ts';
import { ConnectorError } from '../connector.ts';
import { groupSchema, readAll, writeFile } from '../../../tests/support/delimited-files.ts';

/** The characters of windows-1252 at 0x80 to 0x9F, from its published table, without undefined positions. */
const windows1252 = new Map(
  [...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((character, index) => {
    const codes = [0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e];
    const more = [0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f];
    return [character, [...codes, ...more][index] ?? 0];
  }),
);

const encoders: Record<string, (text: string) => Buffer> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with byte order mark': (text) => Buffer.from(`\uFEFF${text}`),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
  'utf-16 with byte order mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'iso-8859-1': (text) =>
    Buffer.from([...text].map((character) => windows1252.get(character) ?? character.charCodeAt(0))),
};

const anyCharacter = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'ab ,;|\t"\'#\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\r\n', '""', '🦉', 'ß', 'e\u0301', '\uFEFF', '\u2028', 'Ĭ', '∀') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);
const latinCharacter = fc.oneof(
  fc.constantFrom(...'ab ,;|\t"\'#\r\n', ...windows1252.keys()),
  fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)),
);

const formats = fc.record({
  encoding: fc.constantFrom(...Object.keys(encoders)),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  quote: fc.constantFrom('"', "'"),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  chunkBytes: fc.constantFrom(1, 2, 3, 5, 16, 100_000),
  quoteAlways: fc.boolean(),
});

const cases = formats.chain((format) => {
  const character = format.encoding === 'iso-8859-1' ? latinCharacter : anyCharacter;
  const cell = fc.array(character, { maxLength: 8 }).map((characters) => characters.join('').replaceAll('\0', ''));
  const row = fc.tuple(cell, cell, cell);
  return fc.record({
    format: fc.constant(format),
    rows: fc.array(fc.record({ row, blankLines: fc.nat(2) }), { maxLength: 8 }),
  });
});

function lineBreaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

test('every table is read back exactly, with its line numbers', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ format, rows }) => {
      const { delimiter, quote, end } = format;
      const write = (cell: string): string =>
        format.quoteAlways || cell === '' || [delimiter, quote, '\r', '\n'].some((special) => cell.includes(special))
          ? quote + cell.replaceAll(quote, quote + quote) + quote
          : cell;
      let text = `a${delimiter}b${delimiter}c`;
      const expected: { line: number; cells: string[] }[] = [];
      for (const { row, blankLines } of rows) {
        text += end.repeat(blankLines + 1);
        // Rows of only blank cells are skipped.
        if (row.some((cell) => cell.trim() !== '')) expected.push({ line: lineBreaksIn(text) + 1, cells: row });
        text += row.map(write).join(delimiter);
      }
      const file = writeFile((encoders[format.encoding] ?? Buffer.from)(text));
      const read = await readAll(
        file,
        groupSchema(['a', 'b', 'c']),
        { 'group.delimiter': delimiter, 'group.quote': quote, 'group.encoding': format.encoding.split(' ')[0] },
        format.chunkBytes,
      );
      expect(read).toEqual({ columns: ['a', 'b', 'c'], rows: expected, badRows: [] });
    }),
    { numRuns: 500 },
  );
});

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .string({ unit: fc.constantFrom(...'a,"\'\r\n#\0é\uFEFF'), maxLength: 100 })
    .map((text) => Buffer.from(`a,b\n${text}`)),
);

test('any bytes end in rows, bad rows or a ConnectorError', async () => {
  const settings = fc.record(
    {
      'group.encoding': fc.constantFrom('utf-8', 'utf-16', 'utf-16be', 'latin1'),
      'group.hasHeader': fc.boolean(),
      'group.skipLines': fc.nat(3),
      'group.commentCharacter': fc.constant('#'),
      'group.quote': fc.constantFrom('"', "'", 'none', 'é', '🦉'),
      'group.delimiter': fc.constantFrom(',', ';', '€', '🦊'),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(anyBytes, settings, fc.constantFrom(1, 3, 100_000), async (bytes, attributes, chunkBytes) => {
      try {
        const { rows, badRows } = await readAll(
          writeFile(Buffer.from(bytes)),
          groupSchema(['a', 'b']),
          attributes,
          chunkBytes,
        );
        const lines = [...rows, ...badRows].map(({ line }) => line);
        const possible = lineBreaksIn(Buffer.from(bytes).toString('latin1')) + bytes.length + 1;
        expect(lines.every((line) => line >= 1 && line <= possible)).toBe(true);
        expect(rows.every(({ cells }) => cells.length > 0 && !cells.includes('\0'))).toBe(true);
      } catch (error) {
        if (!(error instanceof ConnectorError) && !(error instanceof MunimentError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});
