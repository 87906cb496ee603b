import { groupSchemasOf } from '../domain/sources/source-schemas.ts';
import { listed, shortened } from '../error-text.ts';
import { illegalValue } from '../errors.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import { type AggregationParts, type AggregationRequest, requestAggregation } from './request-aggregation.ts';

/** A client's request to aggregate entitlements. */
export interface EntitlementAggregationRequest extends AggregationRequest {
  /** The name of the group schema, if the client sent it. */
  readonly objectType: string | undefined;
}

/** Queues an aggregation of entitlements. Throws as `requestAggregation`, and a 400 if objectType is unknown. */
export async function requestEntitlementAggregation(
  parts: AggregationParts,
  request: EntitlementAggregationRequest,
): Promise<Task> {
  // A form may send an empty part.
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
