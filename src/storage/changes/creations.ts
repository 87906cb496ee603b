import type { Session } from '../database.ts';
import type { ChangedObject, ChangeKind } from './changes.ts';
import { packId, unpackId } from './packed-id.ts';
import { recordedObjects } from './recorded-objects.ts';

/**
 * Creations of entitlements and accounts are recorded by a digest of their content. The content is what the object is
 * now, or was when it was deleted, with the changes between undone.
 */

/** How many later changes are read at once. */
const pageSize = 5000;

/** A change as far as it tells what an object was before. */
interface LaterChange {
  readonly kind: ChangeKind;
  readonly before: Readonly<Record<string, unknown>>;
}

/** Puts together the content of one creation from the changes that followed, given in their order. */
export class CreatedContent {
  readonly #fields: readonly string[];
  readonly #known: Record<string, unknown> = {};
  /** Whether the object was deleted: everything is known then, and what follows is about its return. */
  #isComplete = false;

  /** @param fields `createdWith` of the kind of object */
  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  /** Takes in the next change after the creation. */
  add({ kind, before }: LaterChange): void {
    if (this.#isComplete) {
      return;
    }
    for (const field of this.#fields) {
      if (field in before && !(field in this.#known)) {
        this.#known[field] = before[field];
      }
    }
    this.#isComplete = kind === 'deleted';
  }

  /** The content as it was recorded, given what the object is now. */
  text(current: Readonly<Record<string, unknown>> | undefined): string {
    const all = { ...current, ...this.#known };
    return JSON.stringify(Object.fromEntries(this.#fields.map((field) => [field, all[field]])));
  }
}

/** A creation of which the content is wanted. */
interface Creation {
  readonly objectType: ChangedObject;
  readonly objectId: string;
}

/** The contents of creations as JSON, by the ids of the objects: in as many queries for many as for one. */
export async function createdContents(
  session: Session,
  creations: readonly Creation[],
): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const { objectType, createdWith, read } of recordedObjects) {
    const ids = creations.filter((creation) => creation.objectType === objectType).map(({ objectId }) => objectId);
    if (createdWith === undefined || ids.length === 0) {
      continue;
    }
    // Before the changes: a change that comes between is then undone without having been seen, which changes nothing.
    const current = await read(session, ids);
    const found = new Map(ids.map((id) => [id, new CreatedContent(createdWith)]));
    for (let last = 0, size = pageSize; size === pageSize;) {
      const changes = await laterChanges(session, ids, last);
      for (const { object_id: id, kind, before } of changes) {
        found
          .get(unpackId(id))
          ?.add({ kind: kind as ChangeKind, before: JSON.parse(before ?? '{}') as Record<string, unknown> });
      }
      last = changes.at(-1)?.number ?? last;
      size = changes.length;
    }
    for (const [id, content] of found) {
      contents.set(id, content.text(current.get(id)?.state));
    }
  }
  return contents;
}

async function laterChanges(
  { query }: Session,
  ids: readonly string[],
  after: number,
): Promise<{ number: number; object_id: Uint8Array; kind: string; before: string | null }[]> {
  return query
    .selectFrom('change')
    .select(['number', 'object_id', 'kind', 'before'])
    .where('object_id', 'in', ids.map(packId))
    .where('kind', 'in', ['updated', 'deleted'])
    .where('number', '>', after)
    .orderBy('number')
    .limit(pageSize)
    .execute();
}
