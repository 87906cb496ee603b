import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { newId } from '../../src/domain/ids.ts';
import { digestOf } from '../../src/storage/changes/content-digest.ts';
import { packId } from '../../src/storage/changes/packed-id.ts';
import { fold } from '../../src/storage/query/fold.ts';
import type { RowWriter } from './row-writer.ts';

/** The result of importing an entitlement file. */
export interface ImportedSource {
  readonly sourceId: string;
  /** The ids of its entitlements by value. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Imports an entitlement file into a new source, in file order. */
export async function importEntitlements(writer: RowWriter, file: string): Promise<ImportedSource> {
  const sourceId = newId();
  const ids = new Map<string, string>();
  let pending = 0;
  const rows = createReadStream(file).pipe(parse({ columns: true }));
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const { id: value = '', memberOf = '' } = row;
    const known = ids.get(value);
    const id = known ?? newId();
    if (known === undefined) {
      ids.set(value, id);
      addEntitlement(writer, id, sourceId, row);
      pending += 1;
    }
    if (memberOf !== '') {
      writer.add('entitlement_parent', { child_id: id, source_id: sourceId, type: 'group', parent_value: memberOf });
    }
    if (pending === 1000) {
      await writer.commit();
      pending = 0;
    }
  }
  await writer.commit();
  return { sourceId, ids };
}

function addEntitlement(writer: RowWriter, id: string, sourceId: string, row: Record<string, string>): void {
  const { id: value = '', name = '', description = '', kind = '', privileged = '', memberOf = '' } = row;
  const now = Date.now();
  const parents = memberOf === '' ? [] : [memberOf];
  const attributes = {
    id: value,
    name,
    ...(description === '' ? {} : { description }),
    kind,
    privileged: privileged === 'true',
    memberOf: parents,
  };
  const privilege = privileged === 'true' ? 'HIGH' : 'NONE';
  const after = JSON.stringify({
    sourceId,
    type: 'group',
    value,
    isListed: true,
    displayName: name,
    description: description || null,
    privilege,
    attributes,
    permissions: null,
    parents,
  });
  writer.add('entitlement', {
    id,
    source_id: sourceId,
    type: 'group',
    type_folded: 'group',
    value,
    value_folded: fold(value),
    fingerprint: createHash('sha1').update(after).digest('base64url'),
    source_display_name: name,
    source_description: description || null,
    source_privilege: privilege,
    attributes: JSON.stringify(attributes),
    permissions: null,
    has_parents: parents.length,
    manual_name: null,
    manual_description: null,
    is_name_manual: 0,
    is_description_manual: 0,
    owner_id: null,
    additional_owners: null,
    requestable: 0,
    cloud_governed: 0,
    privilege_override: null,
    privilege_override_by: null,
    segments: null,
    access_model_metadata: null,
    name_folded: fold(name),
    created: now,
    modified: now,
    version: 1,
    is_listed: 1,
  });
  writer.add('change', {
    time: now,
    object_type: 'ENTITLEMENT',
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
