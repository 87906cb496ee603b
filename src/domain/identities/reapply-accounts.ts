import { lockCorrelation } from '../../storage/identities/correlation.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { accountsOfSource, hasMoreAccounts } from '../../storage/identities/identity-changes.ts';
import { findSource, type Source } from '../../storage/sources/sources.ts';
import { insertTask } from '../../storage/tasks/tasks.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import { applyAuthoritative } from './apply-authoritative.ts';
import { correlateAccounts, correlationBatch } from './correlate.ts';

/** How many accounts are looked at again while the client waits; of a source with more a task does it. */
const mostAtOnce = 10_000;

/** Who asks for a change of how a source's accounts and identities belong together. */
export interface ReapplyRequest {
  readonly launcher: string;
  readonly context: ChangeContext;
}

/**
 * Looks at all accounts of a source again, after a change of how they and identities belong together: in this
 * transaction, or where they are many in a task that begins when it is committed.
 */
export async function reapplySource(
  transaction: Transaction,
  source: Source,
  { launcher, context }: ReapplyRequest,
  now: number,
): Promise<void> {
  if (await hasMoreAccounts(transaction, source.id, mostAtOnce)) {
    await insertTask(
      transaction,
      {
        id: newId(),
        type: 'ACCOUNT_CORRELATION',
        uniqueName: 'Account Correlation',
        description: `Correlate the accounts of source ${source.name}`,
        launcher,
        sourceId: source.id,
        parameters: {},
        attributes: { applications: source.name },
        actorId: context.actorId,
        clientId: context.clientId,
        trackingId: context.trackingId,
      },
      now,
    );
    return;
  }
  let batch: Batch = { count: 0, last: '' };
  while (batch.last !== undefined) {
    batch = await reapplyAccounts(transaction, source, batch.last, context, now);
  }
}

/**
 * Looks at all accounts of a source again, in transactions of at most 1,000. Done again, it changes nothing. It ends
 * early when the source is gone.
 * @param onProgress called after each transaction with the number of accounts so far; throws to end it
 */
export async function reapplyInBatches(
  database: Database,
  sourceId: string,
  context: ChangeContext,
  onProgress: (accounts: number) => Promise<void>,
): Promise<void> {
  let accounts = 0;
  let batch: Batch = { count: 0, last: '' };
  while (batch.last !== undefined) {
    const { last } = batch;
    batch = await database.write(async (transaction) => {
      const source = await findSource(transaction, sourceId);
      return source === undefined ? noMore : reapplyAccounts(transaction, source, last, context, Date.now());
    });
    accounts += batch.count;
    await onProgress(accounts);
  }
}

/** How many accounts were looked at, and the id to go on after; undefined: there are no more. */
interface Batch {
  readonly count: number;
  readonly last: string | undefined;
}

const noMore: Batch = { count: 0, last: undefined };

/** Looks at the next accounts after an id again. */
async function reapplyAccounts(
  transaction: Transaction,
  source: Source,
  afterId: string,
  context: ChangeContext,
  now: number,
): Promise<Batch> {
  // Nobody may write the accounts between their being read here and what follows from them.
  await lockCorrelation(transaction, 'identities');
  const found = await accountsOfSource(transaction, source.id, afterId, correlationBatch);
  const accounts = found.map((account) => ({
    ...account,
    name: account.name ?? account.nativeIdentity,
    attributes: JSON.parse(account.attributes) as Record<string, unknown>,
    isNew: false,
  }));
  await (source.authoritative ? applyAuthoritative : correlateAccounts)(transaction, source, accounts, context, now);
  return { count: found.length, last: found.length < correlationBatch ? undefined : found.at(-1)?.id };
}
