import { groupSchemasOf } from '../domain/sources/source-schemas.ts';
import { listed, shortened } from '../error-text.ts';
import { illegalValue } from '../errors.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import { type AggregationParts, type AggregationRequest, requestAggregation } from './request-aggregation.ts';

/** What a client asks for when it loads entitlements. */
export interface EntitlementAggregationRequest extends AggregationRequest {
  /** The group schema the client named, if it did. */
  readonly objectType: string | undefined;
}

/** Queues an aggregation of entitlements. Throws as `requestAggregation`, and a 400 for an unknown objectType. */
export async function requestEntitlementAggregation(
  parts: AggregationParts,
  request: EntitlementAggregationRequest,
): Promise<Task> {
  // An uploader with a form may send the part although nothing was chosen.
  const objectType = request.objectType === '' ? undefined : request.objectType;
  return requestAggregation(parts, request, (source, schemas) => {
    const groups = groupSchemasOf(schemas);
    const candidates = groups.filter(({ name }) => objectType === undefined || name === objectType);
    if (candidates.length === 0) {
      const names = listed(groups.map(({ name }) => `"${name}"`));
      throw illegalValue(
        objectType === undefined
          ? `Source "${source.name}" has no entitlement schema. Create one first.`
          : `Part "objectType" is "${shortened(objectType)}". It must name an entitlement schema of the source: ${names || 'it has none'}.`,
      );
    }
    return { type: 'CLOUD_GROUP_AGGREGATION', uniqueName: 'Cloud Group Aggregation', candidates };
  });
}
