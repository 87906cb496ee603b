import { foundation } from './0001-foundation.ts';
import { accounts } from './0002-accounts.ts';
import { entitlementCounts } from './0003-entitlement-counts.ts';
import { lessDisk } from './0006-less-disk.ts';
import type { Migration } from './migration.ts';

/** Every migration in the order in which it runs. Add the next one at the end. */
export const migrations: readonly Migration[] = [foundation, accounts, entitlementCounts, lessDisk];
