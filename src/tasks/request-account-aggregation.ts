import { accountSchemaOf } from '../domain/sources/source-schemas.ts';
import { shortened } from '../error-text.ts';
import { illegalValue } from '../errors.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import { type AggregationParts, type AggregationRequest, requestAggregation } from './request-aggregation.ts';

/** A client's request to aggregate accounts. */
export interface AccountAggregationRequest extends AggregationRequest {
  /** Whether unchanged accounts are written as well: `true`, `false` or nothing, as the client sent it. */
  readonly disableOptimization: string | undefined;
}

/**
 * Queues an aggregation of accounts. Throws as `requestAggregation`, and a 400 if the source has no account schema or
 * disableOptimization is neither true nor false.
 */
export async function requestAccountAggregation(
  parts: AggregationParts,
  request: AccountAggregationRequest,
): Promise<Task> {
  return requestAggregation(parts, request, (source, schemas) => {
    const account = accountSchemaOf(schemas);
    if (account === undefined) {
      throw illegalValue(`Source "${source.name}" has no schema of accounts. Create one named "account" first.`);
    }
    const disableOptimization = flagOf(request.disableOptimization);
    return {
      type: 'CLOUD_ACCOUNT_AGGREGATION',
      uniqueName: 'Cloud Account Aggregation',
      candidates: [account],
      parameters: { disableOptimization },
      attributes: { appId: source.id, optimizedAggregation: disableOptimization ? 'disabled' : 'enabled' },
    };
  });
}

function flagOf(text: string = ''): boolean {
  const folded = text.trim().toLowerCase();
  if (!['', 'true', 'false'].includes(folded)) {
    throw illegalValue(`Part "disableOptimization" is "${shortened(text)}". It must be true or false.`);
  }
  return folded === 'true';
}
