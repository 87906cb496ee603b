import { lockCorrelation } from '../../storage/identities/correlation.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { accountsOfSource, hasMoreAccounts } from '../../storage/identities/identity-changes.ts';
import { findSource, type Source } from '../../storage/sources/sources.ts';
import { insertTask } from '../../storage/tasks/tasks.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import { applyAuthoritative } from './apply-authoritative.ts';
import { correlateAccounts, correlationBatch } from './correlate.ts';

/** The maximum number of accounts processed within the request; a source with more is processed by a task. */
const mostAtOnce = 10_000;

/** The caller that has changed a mapping or a correlation configuration. */
export interface ReapplyRequest {
  readonly launcher: string;
  readonly context: ChangeContext;
}

/**
 * Processes all accounts of a source again after a change of its mapping or correlation configuration: in this
 * transaction, or, if there are many, in a task that starts after the commit.
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
 * Processes all accounts of a source again, in transactions of at most 1,000. Repeating it changes nothing. It stops if
 * the source has been deleted.
 * @param onProgress called after each transaction with the number of accounts so far; may throw to stop
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

/** The number of processed accounts, and the id to continue after; undefined if there are no more. */
interface Batch {
  readonly count: number;
  readonly last: string | undefined;
}

const noMore: Batch = { count: 0, last: undefined };

/** Processes the next accounts after an id again. */
async function reapplyAccounts(
  transaction: Transaction,
  source: Source,
  afterId: string,
  context: ChangeContext,
  now: number,
): Promise<Batch> {
  // The accounts must not change between reading them here and writing the result.
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
