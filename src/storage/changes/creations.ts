import type { Session } from '../database.ts';
import type { ChangedObject, ChangeKind } from './changes.ts';
import { packId, unpackId } from './packed-id.ts';
import { recordedObjects } from './recorded-objects.ts';

/**
 * Creations of entitlements and accounts are recorded with a digest of their content. The content is derived from the
 * state of the object now, or when it was deleted, by undoing the changes since its creation.
 */

/** The number of later changes per query: a few megabytes at most. */
const pageSize = 500;

/** The part of a change that is needed to undo it. */
interface LaterChange {
  readonly kind: ChangeKind;
  readonly before: Readonly<Record<string, unknown>>;
}

/** Derives the content of one creation from the later changes, added in their order. */
export class CreatedContent {
  readonly #fields: readonly string[];
  readonly #known: Record<string, unknown> = {};
  /** Whether the object was deleted: all fields are known then, and later changes belong to its restoration. */
  #isComplete = false;

  /** @param fields `createdWith` of the kind of object */
  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  /** Adds the next change after the creation. */
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

  /** Returns the content of the creation, given the current state of the object. */
  text(current: Readonly<Record<string, unknown>> | undefined): string {
    const all = { ...current, ...this.#known };
    return JSON.stringify(Object.fromEntries(this.#fields.map((field) => [field, all[field]])));
  }
}

/** A creation whose content is to be derived. */
interface Creation {
  readonly objectType: ChangedObject;
  readonly objectId: string;
}

/** Returns the contents of creations as JSON, by object id. The number of queries does not depend on their number. */
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
    // Read before the changes: a change in between is undone although `current` does not have it, which has no effect.
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
