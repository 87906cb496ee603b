/** The common part of the operations that enable, disable and unlock an account (contract B.2). */
import { type TObject, Type } from 'typebox';
import { badRequestContent } from '../../errors.ts';
import { requestAccountChange } from '../../tasks/request-account-change.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation, type Operation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { accountReaderLevels, changeAccountState } from './access.ts';
import { accountsAsyncResult } from './change-schemas.ts';

interface StateOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly verb: 'enable' | 'disable' | 'unlock';
  readonly field: 'disabled' | 'locked';
  readonly value: boolean;
  /** The name of the task. */
  readonly taskName: string;
  readonly body: TObject;
}

const common = {
  externalVerificationId: Type.Optional(
    Type.String({ maxLength: 1000, description: 'Your reference of the request, kept with the task.' }),
  ),
  forceProvisioning: Type.Optional(
    Type.Boolean({ default: false, description: 'Must be false: sources cannot be written to.' }),
  ),
};

export const accountToggleRequest = Type.Object(common, { additionalProperties: false, title: 'AccountToggleRequest' });

export const accountUnlockRequest = Type.Object(
  {
    ...common,
    unlockIDNAccount: Type.Optional(
      Type.Boolean({ default: false, description: 'Must be false: identities have no account of their own.' }),
    ),
  },
  { additionalProperties: false, title: 'AccountUnlockRequest' },
);

/** Returns the operation that sets `disabled` or `locked` of an account, as a task. */
export function defineStateOperation({
  operationId,
  summary,
  verb,
  field,
  value,
  taskName,
  body: schema,
}: StateOperation): Operation {
  return defineOperation({
    operationId,
    tag: 'Accounts',
    summary,
    method: 'POST',
    path: `/accounts/{id}/${verb}`,
    families: contractFamilies,
    security: changeAccountState,
    userLevels: accountReaderLevels,
    pathParameters: idPath,
    body: { mediaType: 'application/json', schema, optional: true },
    success: { status: 202, schema: accountsAsyncResult },
    errors: [400, 401, 403, 404, 429, 500],
    overrides: { beta: { deprecated: true } },
    handle: async ({ application, path, body, ifMatch, caller, context }) => {
      const { externalVerificationId, ...options } = (body ?? {}) as Readonly<Record<string, unknown>>;
      const refused = Object.keys(options).find((name) => options[name] === true);
      if (refused !== undefined) {
        throw badRequestContent(`Field "${refused}" is true, but this server only changes its own data. Omit it.`);
      }
      const change = { kind: 'state', accountId: path.id, field, value } as const;
      const { id } = await requestAccountChange(application, change, taskName, {
        launcher: caller.name,
        context,
        ifMatch,
        attributes: externalVerificationId === undefined ? {} : { externalVerificationId },
      });
      return { body: { id } };
    },
  });
}
