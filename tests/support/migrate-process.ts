/** Brings the database of the first argument to the current schema; says "begun" first. */
import { writeSync } from 'node:fs';
import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

const database = await openDatabase({ url: process.argv[2] ?? '', readers: 0 });
writeSync(1, 'begun\n');
await migrate(database);
await database.close();
