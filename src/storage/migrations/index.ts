import { foundation } from './0001-foundation.ts';
import { accounts } from './0002-accounts.ts';
import { entitlementCounts } from './0003-entitlement-counts.ts';
import { lessDisk } from './0004-less-disk.ts';
import { jobs } from './0005-jobs.ts';
import { segments } from './0006-segments.ts';
import { sourceSecrets } from './0007-source-secrets.ts';
import { accessModelMetadata } from './0008-access-model-metadata.ts';
import { entitlementSegments } from './0009-entitlement-segments.ts';
import { governanceGroups } from './0010-governance-groups.ts';
import { tags } from './0011-tags.ts';
import { requestSettings } from './0012-request-settings.ts';
import { entitlementConnections } from './0013-entitlement-connections.ts';
import { sourceSettings } from './0014-source-settings.ts';
import { identityHistory } from './0015-identity-history.ts';
import type { Migration } from './migration.ts';

/** All migrations, in order. Add new ones at the end. */
export const migrations: readonly Migration[] = [
  foundation,
  accounts,
  entitlementCounts,
  lessDisk,
  jobs,
  segments,
  sourceSecrets,
  accessModelMetadata,
  entitlementSegments,
  governanceGroups,
  tags,
  requestSettings,
  entitlementConnections,
  sourceSettings,
  identityHistory,
];
