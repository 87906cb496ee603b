import type { Static } from 'typebox';
import { Type } from 'typebox';
import { holdingsOfNamed } from '../../domain/accounts/accounts.ts';
import type { EntitlementScope } from '../../domain/entitlements/entitlements.ts';
import type { Caller } from '../../domain/oauth/caller.ts';
import { namedSegments, segmentsOf } from '../../domain/segments/visible-segments.ts';
import { shownValue } from '../../domain/shown-value.ts';
import { badRequestContent, illegalValue } from '../../errors.ts';
import type { Call } from '../operation.ts';

/** The parameters that limit the list of entitlements by segments. */
export const segmentParameters = Type.Object({
  'segmented-for-identity': Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Only entitlements that the caller may see because of its segments: "me" or the id of the caller\'s own identity.',
    }),
  ),
  'for-segment-ids': Type.Optional(
    Type.String({
      minLength: 1,
      format: 'comma-separated',
      description: 'Only entitlements of these segments: up to 100 ids, separated by commas.',
    }),
  ),
  'include-unsegmented': Type.Optional(
    Type.Boolean({
      // No default in the schema: it would be filled in, and could not be told from a parameter that excludes others.
      description: 'Whether entitlements without an active segment are in the list, too. Default: true.',
    }),
  ),
});

/** The same with `account-id`, which v2026 and v1 do not have. */
export const scopeParameters = Type.Object({
  'account-id': Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Only entitlements that this account holds. Cannot be combined with filters or segments.',
    }),
  ),
  ...segmentParameters.properties,
});

/** The parameters that exclude each other (contract A.1, 1). */
const exclusive = [
  ['account-id', 'filters'],
  ['account-id', 'segmented-for-identity'],
  ['account-id', 'for-segment-ids'],
  ['account-id', 'include-unsegmented'],
  ['segmented-for-identity', 'for-segment-ids'],
] as const;

/**
 * Returns which entitlements a list covers, by its parameters.
 * @throws 400 for parameters that exclude each other, for another identity than the caller's, and for an unknown account or
 *   segment
 */
export async function requestedScope({
  application: { database },
  caller,
  query,
}: Pick<Call<unknown, Static<typeof scopeParameters>>, 'application' | 'caller' | 'query'>): Promise<EntitlementScope> {
  refuseExclusive(query);
  const { 'account-id': accountId, 'include-unsegmented': unsegmented = true } = query;
  if (accountId !== undefined) {
    return holdingsOfNamed(database, accountId);
  }
  const { 'segmented-for-identity': identity, 'for-segment-ids': ids } = query;
  if (identity !== undefined) {
    return { of: 'segments', segments: await segmentsOf(database, ownIdentity(caller, identity)), unsegmented };
  }
  if (ids !== undefined) {
    return { of: 'segments', segments: await namedSegments(database, 'for-segment-ids', ids), unsegmented };
  }
  if (!unsegmented) {
    throw badRequestContent(
      'Parameter "include-unsegmented" is false, but neither "segmented-for-identity" nor "for-segment-ids" is given. Add one of them.',
    );
  }
  return { of: 'all' };
}

/** Looks at the text of the filter: the condition of the list also has the limits of the caller. */
function refuseExclusive(query: Static<typeof scopeParameters> & { readonly filters?: string }): void {
  const isGiven = (name: (typeof exclusive)[number][number]): boolean =>
    name === 'filters' ? (query.filters ?? '').trim() !== '' : query[name] !== undefined;
  for (const [one, other] of exclusive) {
    if (isGiven(one) && isGiven(other)) {
      throw badRequestContent(`Parameters "${one}" and "${other}" cannot be used together. Omit one of them.`);
    }
  }
}

/** Returns the id of the caller's identity, which a parameter must name. */
function ownIdentity({ subjectId }: Caller, identity: string): string {
  if (subjectId === null) {
    throw illegalValue(
      `Parameter "segmented-for-identity" is ${shownValue(identity)}, but this client does not act for an identity. Use a personal access token, or for-segment-ids.`,
    );
  }
  if (identity !== 'me' && identity.toLowerCase() !== subjectId) {
    throw illegalValue(
      `Parameter "segmented-for-identity" is ${shownValue(identity)}. It must be "me" or the id of your own identity, "${subjectId}".`,
    );
  }
  return subjectId;
}
