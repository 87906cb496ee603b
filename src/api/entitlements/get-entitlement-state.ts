import { Type } from 'typebox';
import { getEntitlementAt, getEntitlementState as getState } from '../../domain/entitlements/entitlement-history.ts';
import { shownValue } from '../../domain/shown-value.ts';
import { illegalValue } from '../../errors.ts';
import { parseDate } from '../filters/dates.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readHistory } from './access.ts';
import { entitlementState, toEntitlementState } from './entitlement-state.ts';

/** GET /muniment/v1/entitlements/{id}: the current state, or the state as of a time. */
export const getEntitlementState = defineOperation({
  operationId: 'getEntitlementState',
  tag: 'Entitlements',
  summary: 'Get the current state of an entitlement, or its state as of a time',
  method: 'GET',
  path: '/entitlements/{id}',
  families: ['muniment'],
  security: readHistory,
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  query: Type.Object({
    at: Type.Optional(
      Type.String({
        description: 'A date and time such as 2026-01-31T12:00:00Z. Default: the current state, with an ETag.',
      }),
    ),
  }),
  success: { status: 200, schema: entitlementState },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application: { database }, path, query }) => {
    if (query.at === undefined) {
      const state = await getState(database, path.id);
      return { body: toEntitlementState(state), ...(state.version === undefined ? {} : { version: state.version }) };
    }
    return { body: toEntitlementState(await getEntitlementAt(database, path.id, timeOf(query.at))) };
  },
});

/** Parses the parameter `at` to UTC milliseconds. Throws a 400 if it is not a time. */
function timeOf(text: string): number {
  const time = parseDate(text);
  if (time === null) {
    const hint = / \d\d:?\d\d$/.test(text) ? ' In a URL, write the plus sign of a time zone as %2B.' : '';
    throw illegalValue(
      `Parameter "at" is ${shownValue(text)}. It must be a date and time such as 2026-01-31T12:00:00Z.${hint}`,
    );
  }
  return time;
}
