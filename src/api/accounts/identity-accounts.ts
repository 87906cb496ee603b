/** The common part of the operations that enable and disable all accounts of identities (contract B.2). */
import { Type } from 'typebox';
import { limitOf } from '../../domain/sources/managed-sources.ts';
import { notFound } from '../../errors.ts';
import { type IdentityAccountsTasks, requestIdentityAccounts } from '../../tasks/request-identity-accounts.ts';
import { contractFamilies } from '../families.ts';
import { type Call, defineOperation, type Operation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';
import { accountManagerLevels, changeAccountState, changeIdentityAccounts } from './access.ts';
import { bulkIdentitiesAccountsResponse, identitiesAccountsBulkRequest } from './change-schemas.ts';

const facts = {
  tag: 'Accounts',
  method: 'POST',
  families: contractFamilies,
  security: changeIdentityAccounts,
  userLevels: administrators,
  overrides: { beta: { security: changeAccountState, userLevels: accountManagerLevels, deprecated: true } },
} as const;

interface IdentityAccountsOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly verb: 'enable' | 'disable';
}

/** Returns the operation that enables or disables all accounts of one identity, with one task per source. */
export function defineForIdentity({ operationId, summary, verb }: IdentityAccountsOperation): Operation {
  return defineOperation({
    ...facts,
    operationId,
    summary,
    path: `/identities-accounts/{id}/${verb}`,
    pathParameters: idPath,
    success: {
      status: 202,
      // The contract has an object without properties.
      schema: Type.Object(
        { taskIds: Type.Array(Type.String(), { description: 'The tasks that change the accounts: one per source.' }) },
        { additionalProperties: false, title: 'IdentityAccountsTasks' },
      ),
    },
    errors: [400, 401, 403, 404, 429, 500],
    handle: async (call) => {
      const { id } = call.path;
      const tasks = (await request(call, [id], verb)).get(id);
      if (tasks === undefined) {
        throw notFound('identity', id);
      }
      return { body: { taskIds: tasks.taskIds } };
    },
  });
}

/** Returns the operation that enables or disables all accounts of up to 250 identities, with one task per source. */
export function defineForIdentities({ operationId, summary, verb }: IdentityAccountsOperation): Operation {
  return defineOperation({
    ...facts,
    operationId,
    summary,
    path: `/identities-accounts/${verb}`,
    pathParameters: Type.Object({}),
    body: { mediaType: 'application/json', schema: identitiesAccountsBulkRequest },
    success: { status: 207, schema: Type.Array(bulkIdentitiesAccountsResponse) },
    errors: [400, 401, 403, 429, 500],
    handle: async (call) => {
      const ids = [...new Set(call.body.identityIds)];
      const tasks = await request(call, ids, verb);
      return { body: ids.map((id) => ({ id, ...outcomeOf(id, tasks.get(id)) })) };
    },
  });
}

async function request(
  { application, caller, context }: Pick<Call, 'application' | 'caller' | 'context'>,
  identityIds: readonly string[],
  verb: 'enable' | 'disable',
): Promise<Map<string, IdentityAccountsTasks>> {
  return requestIdentityAccounts(application, {
    identityIds,
    disabled: verb === 'disable',
    // Only beta lets SOURCE_SUBADMINs in: they change the accounts of their sources.
    managerId: limitOf(caller, accountManagerLevels),
    launcher: caller.name,
    context,
  });
}

function outcomeOf(id: string, tasks: IdentityAccountsTasks | undefined): { statusCode: number; message: string } {
  if (tasks === undefined) {
    return { statusCode: 404, message: notFound('identity', id).message };
  }
  const { accounts, taskIds } = tasks;
  if (accounts === 0) {
    return { statusCode: 202, message: 'The identity has no accounts that you can change.' };
  }
  return { statusCode: 202, message: `Accounts: ${accounts}. Tasks: ${taskIds.join(', ')}.` };
}
