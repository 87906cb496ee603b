import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { niceness, yieldToOthers } from '../../src/thread-priority.ts';
import { openRowWriter } from './row-writer.ts';
import { importEntitlements } from './straight-entitlements.ts';

/**
 * The straightforward way to import entitlement files: csv-parse, and prepared inserts of the same rows into the same
 * tables with the same indexes, in file order, 1,000 objects per transaction. Prints the duration in seconds, without the
 * creation of the tables.
 * Arguments: the URL of an empty database, then the files.
 */
const [url = '', ...files] = process.argv.slice(2);
const database = await openDatabase({ url, readers: 0 });
await migrate(database);
await database.close();

yieldToOthers(niceness.tasks);
const writer = await openRowWriter(url);
const begun = performance.now();
for (const file of files) {
  await importEntitlements(writer, file);
}
await writer.flush();
const seconds = (performance.now() - begun) / 1000;
await writer.close();
console.log(`seconds: ${seconds}`);
