/** Real files in the system's temporary directory, for tests of delimited files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { BadRow, ConnectorAttributes, ObjectSchema, SourceRow } from '../../src/connectors/connector.ts';
import { readDelimitedFile } from '../../src/connectors/delimited-file/delimited-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'muniment-delimited-file-'));
let files = 0;

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Writes a new file and returns its path; text is written as UTF-8. */
export function writeFile(content: string | Buffer): string {
  const file = join(directory, `${++files}.csv`);
  writeFileSync(file, content);
  return file;
}

/** Returns a group schema with these attributes; the first one is the key. */
export function groupSchema(attributes: readonly string[], name = 'group'): ObjectSchema {
  return {
    name,
    identityAttribute: attributes[0] ?? null,
    displayAttribute: attributes[1] ?? null,
    includePermissions: false,
    attributes: attributes.map((attribute) => ({ name: attribute, type: 'STRING', isMulti: false })),
  };
}

export type ReadResult = {
  readonly columns: readonly string[];
  readonly rows: SourceRow[];
  readonly badRows: BadRow[];
};

/** Reads a whole file; a small `chunkBytes` puts chunk boundaries within characters. */
export async function readAll(
  file: string,
  schema: ObjectSchema,
  connectorAttributes: ConnectorAttributes = {},
  chunkBytes?: number,
): Promise<ReadResult> {
  const result: { columns: readonly string[]; rows: SourceRow[]; badRows: BadRow[] } = {
    columns: [],
    rows: [],
    badRows: [],
  };
  for await (const batch of readDelimitedFile({ file, connectorAttributes, schema }, chunkBytes)) {
    result.columns = batch.columns;
    result.rows.push(...batch.rows);
    result.badRows.push(...batch.badRows);
  }
  return result;
}
