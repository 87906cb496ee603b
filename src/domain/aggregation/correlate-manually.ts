/** The manual correlation of accounts by a file (contract B.1, load-uncorrelated-accounts). */
import type { ObjectSchema } from '../../connectors/connector.ts';
import { listed } from '../../error-text.ts';
import { badRequestContent } from '../../errors.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { lockCorrelation, matchesOf } from '../../storage/identities/correlation.ts';
import { type Pair, pairOf } from '../../storage/identities/identity-attributes.ts';
import {
  type AccountLink,
  lockAccountLinks,
  setManualIdentities,
} from '../../storage/identities/manual-correlation.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { shownValue } from '../shown-value.ts';
import type { BadObject } from './bad-object.ts';

/** The columns of the file. `displayName` and `type` are for its readers: exports of uncorrelated accounts have them. */
const columns = ['account', 'displayName', 'userName', 'type'] as const;
const required = ['account', 'userName'] as const;

/** The columns of the file, in the form that connectors read. */
export const correlationColumns: ObjectSchema = {
  name: 'account',
  identityAttribute: 'account',
  displayAttribute: 'displayName',
  includePermissions: false,
  attributes: columns.map((name) => ({ name, type: 'STRING', isMulti: false })),
};

/** Checks the header of a file. Throws a 400 for a missing and for an unknown column; names ignore case. */
export function checkCorrelationColumns(header: readonly string[]): void {
  const lower = header.map((name) => name.toLowerCase());
  const unknown = header.filter((name) => !columns.some((known) => known.toLowerCase() === name.toLowerCase()));
  const missing = required.filter((name) => !lower.includes(name.toLowerCase()));
  if (unknown.length > 0 || missing.length > 0) {
    throw badRequestContent(
      `The header of the file is ${listed(header.map((name) => shownValue(name)))}. It must have the columns account (a native identity) and userName (the alias of an identity), and may have displayName and type.`,
    );
  }
}

/** One row of the file: the account with this native identity belongs to the identity with this alias. */
export interface CorrelationRow {
  readonly line: number;
  readonly account: string;
  /** Empty: the account is left as it is. */
  readonly userName: string;
}

/** The outcome of some rows. */
export interface CorrelationOutcome {
  /** The rows whose account belongs to the named identity now, whether or not it did before. */
  readonly correlated: number;
  readonly problems: readonly BadObject[];
}

/**
 * Correlates accounts with the identities in some rows, manually: no configuration and no aggregation changes that again.
 * An account of another identity is not touched. Repeating it changes nothing.
 * @param rows at most 500
 */
export async function correlateManually(
  transaction: Transaction,
  sourceId: string,
  rows: readonly CorrelationRow[],
  context: ChangeContext,
  now: number,
): Promise<CorrelationOutcome> {
  const wanted = rows.filter(({ userName }) => userName.trim() !== '');
  if (wanted.length === 0) {
    return { correlated: 0, problems: [] };
  }
  // No identity may be deleted meanwhile.
  await lockCorrelation(transaction, 'accounts');
  const identities = await identitiesOf(transaction, wanted);
  const nativeIdentities = [...new Set(wanted.map(({ account }) => account))];
  const found = await lockAccountLinks(transaction, sourceId, nativeIdentities);
  const accounts = new Map(found.map((account) => [account.nativeIdentity, account]));
  const links = new Map<string, { before: AccountLink; identityId: string }>();
  const problems: BadObject[] = [];
  let correlated = 0;
  wanted.forEach((row, index) => {
    const account = accounts.get(row.account);
    const identityId = identities[index] ?? null;
    const problem = problemOf(row, account, identityId, links);
    if (problem !== undefined || account === undefined || identityId === null) {
      problems.push({ lines: [row.line], problem: problem ?? '' });
      return;
    }
    correlated += 1;
    if (account.identityId !== identityId || !account.isManual) {
      links.set(account.id, { before: account, identityId });
    }
  });
  await store(transaction, [...links.values()], context, now);
  return { correlated, problems };
}

async function identitiesOf(
  transaction: Transaction,
  rows: readonly CorrelationRow[],
): Promise<readonly (string | null)[]> {
  const pairs = rows.map(({ userName }) => pairOf('alias', userName));
  const matches = await matchesOf(
    transaction,
    pairs.filter((pair): pair is Pair => pair !== undefined),
  );
  let next = 0;
  return pairs.map((pair) => (pair === undefined ? null : (matches[next++] ?? null)));
}

function problemOf(
  { account: nativeIdentity, userName }: CorrelationRow,
  account: AccountLink | undefined,
  identityId: string | null,
  links: ReadonlyMap<string, { readonly identityId: string }>,
): string | undefined {
  if (account === undefined) {
    return `the source has no account ${shownValue(nativeIdentity)}`;
  }
  if (identityId === null) {
    return `there is no identity with the alias ${shownValue(userName)}, or there are several`;
  }
  const current = links.get(account.id)?.identityId ?? account.identityId;
  return current === null || current === identityId
    ? undefined
    : `account ${shownValue(nativeIdentity)} belongs to another identity, ${current}`;
}

async function store(
  transaction: Transaction,
  links: readonly { readonly before: AccountLink; readonly identityId: string }[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  await setManualIdentities(
    transaction,
    links.map(({ before, identityId }) => ({ id: before.id, identityId })),
    now,
  );
  await recordChanges(
    transaction,
    context,
    now,
    links.map(({ before, identityId }) => ({
      objectType: 'ACCOUNT',
      objectId: before.id,
      kind: 'updated',
      before: { identityId: before.identityId, manuallyCorrelated: before.isManual },
      after: { identityId, manuallyCorrelated: true },
    })),
  );
}
