import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { newId } from '../../src/domain/ids.ts';
import { digestOf } from '../../src/storage/changes/content-digest.ts';
import { packId } from '../../src/storage/changes/packed-id.ts';
import { fold } from '../../src/storage/query/fold.ts';
import type { RowWriter } from './row-writer.ts';
import type { ImportedSource } from './straight-entitlements.ts';

/**
 * Imports an account file of a source with existing entitlements, in file order. The rows of one account are adjacent.
 */
export async function importAccounts(writer: RowWriter, file: string, source: ImportedSource): Promise<void> {
  let first: Record<string, string> = {};
  let groups: string[] = [];
  let pending = 0;
  const end = async (): Promise<void> => {
    if (first['id'] !== undefined) {
      addAccount(writer, source, first, groups);
      pending += 1;
    }
    if (pending === 1000) {
      await writer.commit();
      pending = 0;
    }
  };
  const rows = createReadStream(file).pipe(parse({ columns: true }));
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    if (row['id'] !== first['id']) {
      await end();
      first = row;
      groups = [];
    }
    if (row['groups'] !== undefined && row['groups'] !== '') {
      groups.push(row['groups']);
    }
  }
  await end();
  await writer.commit();
}

function addAccount(
  writer: RowWriter,
  { sourceId, ids }: ImportedSource,
  row: Record<string, string>,
  groups: readonly string[],
): void {
  const { id: nativeIdentity = '', name = '' } = row;
  const id = newId();
  const now = Date.now();
  const filled = Object.entries(row).filter(([, value]) => value !== '');
  const attributes = { ...Object.fromEntries(filled), groups };
  const after = JSON.stringify({
    sourceId,
    nativeIdentity,
    name,
    uuid: null,
    description: null,
    disabled: false,
    locked: false,
    attributes,
    entitlements: { group: groups.toSorted() },
  });
  writer.add('account', {
    id,
    source_id: sourceId,
    native_identity: nativeIdentity,
    native_identity_folded: fold(nativeIdentity),
    name,
    name_folded: fold(name),
    uuid: null,
    uuid_folded: null,
    attributes: JSON.stringify(attributes),
    description: null,
    disabled: 0,
    locked: 0,
    identity_id: null,
    is_manually_correlated: 0,
    has_entitlements: groups.length > 0 ? 1 : 0,
    origin: 'AGGREGATED',
    fingerprint: createHash('sha1').update(after).digest('base64url'),
    created: now,
    modified: now,
    version: 1,
  });
  for (const group of groups) {
    writer.add('account_entitlement', { account_id: id, entitlement_id: ids.get(group) });
  }
  writer.add('change', {
    time: now,
    object_type: 'ACCOUNT',
    object_id: packId(id),
    kind: 'created',
    actor_id: null,
    client_id: null,
    origin: 1,
    tracking_id: null,
    before: null,
    after: digestOf(after),
  });
}
