import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { niceness, yieldToOthers } from '../../src/thread-priority.ts';
import { openRowWriter } from './row-writer.ts';
import { importAccounts } from './straight-accounts.ts';
import { importEntitlements } from './straight-entitlements.ts';

/**
 * The straightforward way to import accounts of a source with existing entitlements, like `import-process.ts` for
 * entitlements. Prints the duration for the accounts in seconds.
 * Arguments: the URL of an empty database, the file of the source's entitlements, that of its accounts.
 */
const [url = '', entitlements = '', accounts = ''] = process.argv.slice(2);
const database = await openDatabase({ url, readers: 0 });
await migrate(database);
await database.close();

yieldToOthers(niceness.tasks);
const writer = await openRowWriter(url);
const source = await importEntitlements(writer, entitlements);
const begun = performance.now();
await importAccounts(writer, accounts, source);
await writer.flush();
const seconds = (performance.now() - begun) / 1000;
await writer.close();
console.log(`seconds: ${seconds}`);
