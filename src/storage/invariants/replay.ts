import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { changesKeptSince } from '../changes/change-retention.ts';
import type { ChangeKind } from '../changes/changes.ts';
import { digestOf, isDigest } from '../changes/content-digest.ts';
import { CreatedContent } from '../changes/creations.ts';
import { packId, unpackId } from '../changes/packed-id.ts';
import type { Session } from '../database.ts';
import { type Invariant, mostViolations } from './invariant.ts';
import { type CurrentObject, type RecordedObjects, recordedObjects } from '../changes/recorded-objects.ts';

/** For each recorded object type: replaying the changes of an object results in its current state. */
export const replays: readonly Invariant[] = recordedObjects.map((objects) => ({
  name: `the change record of ${objects.objectType} matches the stored objects`,
  isThorough: true,
  violations: async (session) => {
    const isComplete = (await changesKeptSince(session)) === undefined;
    const found = isComplete ? await unrecorded(session, objects) : [];
    for (let last: string | undefined; found.length < mostViolations;) {
      const ids: string[] = await recordedIds(session, objects, last);
      if (ids.length === 0) {
        break;
      }
      last = ids.at(-1) ?? last;
      const histories = await historiesOf(session, objects, ids);
      const current = await objects.read(session, ids);
      for (const [id, history] of histories) {
        const contradiction = contradictionIn(objects, history, current.get(id), isComplete);
        if (contradiction !== undefined) {
          found.push(`${objects.table} ${id}: ${contradiction}`);
        }
      }
    }
    return found.slice(0, mostViolations);
  },
}));

const pageSize = 500;

interface RecordedChange {
  readonly number: number;
  readonly time: number;
  readonly kind: ChangeKind;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** The digest of the content of a creation, if `after` does not have the content. */
  readonly digest: string | undefined;
}

async function unrecorded(session: Session, objects: RecordedObjects): Promise<string[]> {
  const { table } = objects;
  const found: string[] = [];
  for (let last = '', size = pageSize; size === pageSize && found.length < mostViolations;) {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where id > ${last} order by id limit ${pageSize}`.execute(session.query);
    const ids = rows.map(({ id }) => id);
    const recorded = ids.length === 0 ? new Map() : await historiesOf(session, objects, ids);
    found.push(...ids.filter((id) => !recorded.has(id)).map((id) => `${table} ${id} is not in the record`));
    last = ids.at(-1) ?? last;
    size = ids.length;
  }
  return found;
}

async function recordedIds(
  { query }: Session,
  { objectType }: RecordedObjects,
  after: string | undefined,
): Promise<string[]> {
  const rows = await query
    .selectFrom('change')
    .select('object_id')
    .distinct()
    .where('object_type', '=', objectType)
    .$if(after !== undefined, (builder) => builder.where('object_id', '>', packId(after ?? '')))
    .orderBy('object_id')
    .limit(pageSize)
    .execute();
  return rows.map((row) => unpackId(row.object_id));
}

async function historiesOf(
  { query }: Session,
  { objectType }: RecordedObjects,
  ids: readonly string[],
): Promise<Map<string, RecordedChange[]>> {
  const rows = await query
    .selectFrom('change')
    .select(['object_id', 'number', 'time', 'kind', 'before', 'after'])
    .where('object_type', '=', objectType)
    .where('object_id', 'in', ids.map(packId))
    .orderBy('object_id')
    .orderBy('number')
    .execute();
  const changes = rows.map((row) => ({
    id: unpackId(row.object_id),
    number: row.number,
    time: row.time,
    kind: row.kind as ChangeKind,
    before: JSON.parse(row.before ?? '{}') as Record<string, unknown>,
    after: JSON.parse(row.after === null || isDigest(row.after) ? '{}' : row.after) as Record<string, unknown>,
    digest: isDigest(row.after) ? row.after : undefined,
  }));
  return Map.groupBy(changes, ({ id }) => id);
}

/** Returns how a history contradicts itself or the current state, as a text; undefined if it does not. */
function contradictionIn(
  { defaults, createdWith = [] }: RecordedObjects,
  history: readonly RecordedChange[],
  current: CurrentObject | undefined,
  isComplete: boolean,
): string | undefined {
  // Undefined: the object does not exist. If the record is incomplete, the state before the first change is unknown.
  let state: Record<string, unknown> | undefined = isComplete ? undefined : {};
  let version = 0;
  for (const [index, { number, kind, before, after, digest }] of history.entries()) {
    const isCreation = kind === 'created' || kind === 'restored';
    if (isComplete && isCreation !== (state === undefined)) {
      return `change ${number} is "${kind}", but the object ${state === undefined ? 'did not exist' : 'existed'}`;
    }
    const differing = differenceOf(state ?? {}, before);
    if (differing !== undefined) {
      return `change ${number} (${kind}) has another state before it: ${differing}`;
    }
    if (kind === 'deleted') {
      state = undefined;
      continue;
    }
    version += 1;
    state = { ...(kind === 'created' ? defaults : kind === 'restored' ? {} : state), ...after };
    if (digest !== undefined) {
      const content = new CreatedContent(createdWith);
      history.slice(index + 1).forEach((later) => content.add(later));
      const text = content.text(current?.state);
      if (digestOf(text) !== digest) {
        return `change ${number} (${kind}) has another digest than ${text}, which is derived from later changes`;
      }
      state = { ...state, ...(JSON.parse(text) as Record<string, unknown>) };
    }
  }
  if (state === undefined || current === undefined) {
    return state === current ? undefined : `it ${state === undefined ? 'exists' : 'is missing'}, unlike in the record`;
  }
  const differing = differenceOf(current.state, state);
  if (differing !== undefined) {
    return `its changes result in another state: ${differing}`;
  }
  if (isComplete ? current.version !== version : current.version < version) {
    return `it has version ${current.version} after ${version} changes`;
  }
  const { time } = history.at(-1) ?? { time: current.modified };
  return current.modified === time
    ? undefined
    : `it was modified at ${current.modified}, its last change was at ${time}`;
}

/** Returns the first field whose recorded value differs, as a text, or undefined. Unknown fields are ignored. */
function differenceOf(
  actual: Readonly<Record<string, unknown>>,
  recorded: Readonly<Record<string, unknown>>,
): string | undefined {
  const name = Object.keys(recorded).find(
    (field) => field in actual && !isDeepStrictEqual(actual[field], recorded[field]),
  );
  return name === undefined
    ? undefined
    : `${name} is recorded as ${JSON.stringify(recorded[name])}, but is ${JSON.stringify(actual[name])}`;
}
