import { accountSchemaOf } from '../domain/source-schemas.ts';
import { illegalValue } from '../errors.ts';
import type { Task } from '../storage/tasks.ts';
import { type AggregationParts, type AggregationRequest, requestAggregation } from './request-aggregation.ts';

/** What a client asks for when it loads accounts. */
export interface AccountAggregationRequest extends AggregationRequest {
  /** Whether every account is written as if it had changed. */
  readonly disableOptimization: boolean;
}

/** Queues an aggregation of accounts. Throws as `requestAggregation`, and a 400 without a schema of accounts. */
export async function requestAccountAggregation(
  parts: AggregationParts,
  request: AccountAggregationRequest,
): Promise<Task> {
  const { sourceId, disableOptimization } = request;
  return requestAggregation(parts, request, {
    type: 'CLOUD_ACCOUNT_AGGREGATION',
    uniqueName: 'Cloud Account Aggregation',
    part: '"file"',
    candidates: (source, schemas) => {
      const account = accountSchemaOf(schemas);
      if (account === undefined) {
        throw illegalValue(`Source "${source.name}" has no schema of accounts. Create one named "account" first.`);
      }
      return [account];
    },
    parameters: { disableOptimization },
    attributes: { appId: sourceId, optimizedAggregation: disableOptimization ? 'disabled' : 'enabled' },
  });
}
