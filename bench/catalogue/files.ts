import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountColumns, generatedAccountRows, generatedHolderRows } from './generate-accounts.ts';
import { columns, generatedRows, generatedSources } from './generate.ts';

/** The cache folder. It can be removed at any time. */
export const cacheFolder = join(tmpdir(), 'muniment-bench');

/** A hash of everything that the files depend on. */
export function filesKey(size: number, seed: number): string {
  const hash = createHash('sha1').update(readFileSync(new URL('generate.ts', import.meta.url)));
  return `${size}-${seed}-${hash.digest('hex').slice(0, 8)}`;
}

/** Returns the CSV files by source name, in the order of the sources; writes missing ones. */
export async function csvFiles(size: number, seed: number): Promise<ReadonlyMap<string, string>> {
  const folder = join(cacheFolder, `files-${filesKey(size, seed)}`);
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, string>();
  for (const source of generatedSources(size)) {
    const file = join(folder, `${source.number + 1}.csv`);
    if (!existsSync(file)) {
      await writeFile(columns, generatedRows(source, seed), `${file}.partial`);
      renameSync(`${file}.partial`, file);
    }
    files.set(source.name, file);
  }
  return files;
}

/** Returns the account file of the largest source: half as many accounts as there are entitlements in total. */
export async function accountsFile(size: number, seed: number): Promise<string> {
  const file = join(cacheFolder, `files-${filesKey(size, seed)}`, `accounts-${accountsHash()}.csv`);
  const [source] = generatedSources(size);
  if (source !== undefined && !existsSync(file)) {
    await writeFile(accountColumns, generatedAccountRows(source, Math.ceil(size / 2), seed), `${file}.partial`);
    renameSync(`${file}.partial`, file);
  }
  return file;
}

/** Returns a file of accounts that all hold one entitlement. */
export async function connectionsFile(accounts: number): Promise<string> {
  const file = join(cacheFolder, `connections-${accounts}-${accountsHash()}.csv`);
  if (!existsSync(file)) {
    await writeFile(accountColumns, generatedHolderRows(accounts), `${file}.partial`);
    renameSync(`${file}.partial`, file);
  }
  return file;
}

/** A hash of everything that account files depend on. */
function accountsHash(): string {
  const generator = readFileSync(new URL('generate-accounts.ts', import.meta.url));
  return createHash('sha1').update(generator).digest('hex').slice(0, 8);
}

async function writeFile(header: readonly string[], rows: Iterable<readonly string[]>, path: string): Promise<void> {
  const file = await open(path, 'w');
  let lines = `${header.join(',')}\n`;
  for (const row of rows) {
    lines += `${row.map(quoted).join(',')}\n`;
    if (lines.length > 1_000_000) {
      await file.write(lines);
      lines = '';
    }
  }
  await file.write(lines);
  await file.close();
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
