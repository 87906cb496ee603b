import type { AccountStatesChange } from '../domain/account-changes/account-state.ts';
import { type AccountOfIdentity, findAccountsOf } from '../domain/account-changes/identity-accounts.ts';
import type { ChangeContext } from '../domain/changes/change-context.ts';
import { newId } from '../domain/ids.ts';
import type { Database } from '../storage/database.ts';
import type { TaskRunner } from './task-runner.ts';

interface Parts {
  readonly database: Database;
  readonly tasks: TaskRunner;
}

/** A client's request to enable or disable all accounts of identities. */
export interface IdentityAccountsRequest {
  readonly identityIds: readonly string[];
  readonly disabled: boolean;
  /** Limits the request to the accounts of the sources that this identity manages. */
  readonly managerId: string | undefined;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** What a request does with the accounts of one identity. */
export interface IdentityAccountsTasks {
  readonly accounts: number;
  /** The ids of the tasks that change them: one per source. */
  readonly taskIds: readonly string[];
}

/**
 * Queues one task per source that enables or disables the accounts of identities.
 * @returns the tasks by identity; identities that do not exist are missing
 * @throws 400 as `findAccountsOf`
 */
export async function requestIdentityAccounts(
  parts: Parts,
  request: IdentityAccountsRequest,
): Promise<Map<string, IdentityAccountsTasks>> {
  const found = await findAccountsOf(parts.database, request.identityIds, request.managerId);
  const bySource = Map.groupBy([...found.values()].flat(), ({ sourceId }) => sourceId);
  const taskIds = new Map<string, string>();
  for (const [sourceId, accounts] of bySource) {
    taskIds.set(sourceId, await submit(parts, sourceId, accounts, request));
  }
  return new Map(
    [...found].map(([identityId, accounts]) => {
      const tasks = new Set(accounts.flatMap(({ sourceId }) => taskIds.get(sourceId) ?? []));
      return [identityId, { accounts: accounts.length, taskIds: [...tasks] }];
    }),
  );
}

/** Returns the id of the task. */
async function submit(
  { tasks }: Parts,
  sourceId: string,
  accounts: readonly AccountOfIdentity[],
  { disabled, launcher, context }: IdentityAccountsRequest,
): Promise<string> {
  const name = accounts[0]?.sourceName ?? '';
  const change: AccountStatesChange = {
    kind: 'states',
    accountIds: accounts.map(({ id }) => id),
    field: 'disabled',
    value: disabled,
  };
  const { id } = await tasks.submit({
    id: newId(),
    type: 'ACCOUNT_CHANGE',
    uniqueName: disabled ? 'Disable Accounts of Identities' : 'Enable Accounts of Identities',
    description: `Change ${accounts.length === 1 ? '1 account' : `${accounts.length} accounts`} of source ${name}`,
    launcher,
    sourceId,
    parameters: { ...change },
    attributes: { applications: name },
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
  return id;
}
