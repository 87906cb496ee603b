import { badRequestContent, notFound } from '../../errors.ts';
import type { Condition } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import { findIdentityRow } from '../../storage/identities/identity-lists.ts';
import {
  accountsEverOf,
  type DeletedIdentity,
  findDeletedIdentities,
  findDeletedIdentity,
  firstRecordOf,
} from '../../storage/identities/recorded-identities.ts';
import { fold } from '../../storage/query/fold.ts';
import { type IdentityRow, listIdentities } from './identities.ts';

/** The maximum number of accounts whose histories are combined to that of an identity. */
const mostAccounts = 5000;

/** The statuses of identities that are not active. */
const inactive = ['DISABLED', 'TERMINATED', 'DEACTIVATED', 'LOCKED'];

/** An identity of the change record, which may be deleted. */
export interface RecordedIdentity {
  readonly id: string;
  readonly current: IdentityRow | undefined;
  readonly deletion: DeletedIdentity | undefined;
}

/** An identity in the list of current and deleted ones. */
export interface HistoricalIdentity {
  readonly id: string;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly isActive: boolean;
  /** UTC milliseconds; null if it exists. */
  readonly deleted: number | null;
}

/** Which identities are listed. */
export interface HistoricalSelection {
  /** The beginning of the name, first name or last name, ignoring case. */
  readonly prefix: string | undefined;
  readonly isDeleted: boolean | undefined;
  readonly isActive: boolean | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly count: boolean;
}

/** Returns an identity that exists or whose deletion is recorded. Throws 404. */
export async function getRecordedIdentity(database: Database, id: string): Promise<RecordedIdentity> {
  const current = id.includes('\0') ? undefined : await findIdentityRow(database.keyed, id);
  const deletion = current === undefined ? await findDeletedIdentity(database.scan, id) : undefined;
  if (current === undefined && deletion === undefined) {
    throw notFound('identity', id);
  }
  return { id, current, deletion };
}

/** Returns the ids of the accounts that an identity has or had. Throws a 400 if there are more than 5,000. */
export async function accountsOfHistory(database: Database, { id }: RecordedIdentity): Promise<string[]> {
  const found = await accountsEverOf(database.scan, id, mostAccounts + 1);
  if (found.length > mostAccounts) {
    throw badRequestContent(
      `Identity ${id} has or had more than ${mostAccounts} accounts, too many for its history. Read the accounts with /accounts?filters=identityId eq "${id}", and their changes with /muniment/v1/changes.`,
    );
  }
  return found;
}

/** Returns the time since which an identity is known, in UTC milliseconds. Throws 404. */
export async function startOfIdentity(database: Database, id: string): Promise<number> {
  const { current, deletion } = await getRecordedIdentity(database, id);
  return current?.created ?? (await firstRecordOf(database.scan, id)) ?? deletion?.deleted ?? 0;
}

/**
 * Lists the current identities by name, and after them the deleted ones in the order of their creation, as far as their
 * deletion is recorded.
 */
export async function listHistoricalIdentities(
  database: Database,
  selection: HistoricalSelection,
): Promise<{ identities: HistoricalIdentity[]; total: number | undefined }> {
  const { isDeleted, isActive, offset, limit, count } = selection;
  const identities: HistoricalIdentity[] = [];
  let currentTotal = 0;
  if (isDeleted !== true) {
    const includesDeleted = isDeleted === undefined && isActive !== true;
    const list = {
      condition: conditionOf(selection),
      sorts: [{ field: 'name', descending: false }],
      offset,
      limit,
      after: undefined,
      // The deleted ones follow: their offset depends on the number of the current ones.
      count: count || includesDeleted,
    };
    const found = await listIdentities(database, 'all', list);
    identities.push(...found.identities.map(asHistorical));
    currentTotal = found.total ?? 0;
  }
  if (isDeleted === false || isActive === true) {
    return { identities, total: count ? currentTotal : undefined };
  }
  const rest = { skipped: Math.max(0, offset - currentTotal), wanted: limit - identities.length, count };
  const deleted = await listDeleted(database, selection.prefix, rest);
  return {
    identities: [...identities, ...deleted.identities],
    total: deleted.total === undefined ? undefined : currentTotal + deleted.total,
  };
}

/** How many deleted identities are read at once. */
const pageSize = 500;

async function listDeleted(
  { scan }: Database,
  prefix: string | undefined,
  { skipped, wanted, count }: { readonly skipped: number; readonly wanted: number; readonly count: boolean },
): Promise<{ identities: HistoricalIdentity[]; total: number | undefined }> {
  const start = fold(prefix ?? '');
  const identities: HistoricalIdentity[] = [];
  let total = 0;
  for (let last: string | undefined = count || wanted > 0 ? '' : undefined; last !== undefined;) {
    const page: DeletedIdentity[] = await findDeletedIdentities(scan, last, pageSize);
    for (const identity of page.map(asDeleted)) {
      const { name, firstName, lastName } = identity;
      if ([name, firstName, lastName].some((text) => text !== null && fold(text).startsWith(start))) {
        total += 1;
        if (total > skipped && identities.length < wanted) {
          identities.push(identity);
        }
      }
    }
    const isDone = page.length < pageSize || (!count && identities.length >= wanted);
    last = isDone ? undefined : page.at(-1)?.id;
  }
  return { identities, total: count ? total : undefined };
}

function conditionOf({ prefix, isActive }: HistoricalSelection): Condition | undefined {
  const conditions: Condition[] = [];
  if (prefix !== undefined) {
    const fields = ['name', 'firstname', 'lastname'];
    const tests = fields.map((field) => ({ kind: 'test', field, operator: 'sw', values: [prefix] }) as const);
    conditions.push({ kind: 'or', conditions: tests });
  }
  if (isActive !== undefined) {
    const isInactive = { kind: 'test', field: 'cloudStatus', operator: 'in', values: inactive } as const;
    conditions.push(isActive ? { kind: 'not', condition: isInactive } : isInactive);
  }
  return conditions.length === 0 ? undefined : { kind: 'and', conditions };
}

function asHistorical(row: IdentityRow): HistoricalIdentity {
  const attributes = JSON.parse(row.attributes) as Record<string, unknown>;
  return {
    id: row.id,
    name: row.name,
    firstName: textOrNull(attributes['firstname']),
    lastName: textOrNull(attributes['lastname']),
    isActive: !inactive.includes(row.identityStatus),
    deleted: null,
  };
}

function asDeleted({ id, deleted, state }: DeletedIdentity): HistoricalIdentity {
  return {
    id,
    name: String(state['name']),
    firstName: textOrNull(state['firstName']),
    lastName: textOrNull(state['lastName']),
    isActive: false,
    deleted,
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
